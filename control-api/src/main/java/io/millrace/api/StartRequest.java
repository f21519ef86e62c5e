package io.millrace.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.client.EncodedPayload;
import io.millrace.client.StartOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /workflows} asks for.
 *
 * @param name the workflow type
 * @param input the input, as it stands in the body, byte for byte; null where there is none
 * @param options everything else
 */
record StartRequest(String name, @Nullable EncodedPayload input, StartOptions options) {

    /**
     * Reads a body.
     *
     * @throws ProblemException 400, naming the field, or the place where the body is no JSON
     */
    static StartRequest parse(String body) throws IOException {
        Fields fields = new Fields();
        try (JsonParser parser = Json.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(Problem.of(400, "the body must be a JSON object with at least \"name\""));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.read(parser.currentName(), parser, body);
            }
            if (parser.nextToken() != null) {
                throw new ProblemException(Problem.of(400, "there is something behind the end of the JSON object"));
            }
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.of(400, "the body is no JSON: " + e.getOriginalMessage())
                    .with("line", e.getLocation().getLineNr())
                    .with("column", e.getLocation().getColumnNr()));
        }
        return fields.toRequest();
    }

    /** What has been read so far. */
    private static final class Fields {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private @Nullable EncodedPayload input;

        void read(String field, JsonParser parser, String body) throws IOException {
            JsonToken token = parser.nextToken();
            switch (field) {
                case "name", "workflowId", "queue", "delay", "timeout", "applicationVersion" -> {
                    if (token != JsonToken.VALUE_NULL) {
                        texts.put(field, text(field, parser, token));
                    }
                }
                case "input" -> input = rawValue(parser, token, body);
                case "attributes" -> readAttributes(parser, token);
                default ->
                    throw new ProblemException(Problem.badField(
                            field, "\"" + field + "\" is not a field of a start that this version knows"));
            }
        }

        private void readAttributes(JsonParser parser, JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            if (token != JsonToken.START_OBJECT) {
                throw new ProblemException(Problem.badField("attributes", "attributes must be an object of strings"));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                attributes.put(key, text("attributes." + key, parser, parser.nextToken()));
            }
        }

        private static String text(String field, JsonParser parser, JsonToken token) throws IOException {
            if (token != JsonToken.VALUE_STRING) {
                throw new ProblemException(Problem.badField(field, field + " must be a string"));
            }
            return parser.getText();
        }

        /** The value as it stands in the body: numbers keep their digits and objects the order of their fields. */
        private static @Nullable EncodedPayload rawValue(JsonParser parser, JsonToken token, String body)
                throws IOException {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            parser.finishToken();
            int end = (int) parser.currentLocation().getCharOffset();
            return token == JsonToken.VALUE_NULL ? null : EncodedPayload.json(body.substring(begin, end));
        }

        StartRequest toRequest() {
            String name = texts.get("name");
            if (name == null || name.isBlank()) {
                throw new ProblemException(Problem.badField("name", "name must be given: the workflow type to start"));
            }
            String workflowId = texts.get("workflowId");
            StartOptions options = workflowId == null
                    ? StartOptions.generatedId()
                    : checked("workflowId", () -> StartOptions.workflowId(workflowId));
            options = set(options, "queue", StartOptions::queue);
            options = set(options, "applicationVersion", StartOptions::applicationVersion);
            options = set(options, "delay", (all, text) -> all.delay(Parameters.duration("delay", text)));
            options = set(options, "timeout", (all, text) -> all.timeout(Parameters.duration("timeout", text)));
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                StartOptions before = options;
                options = checked("attributes", () -> before.attribute(attribute.getKey(), attribute.getValue()));
            }
            return new StartRequest(name, input, options);
        }

        private StartOptions set(
                StartOptions options, String field, BiFunction<StartOptions, String, StartOptions> setter) {
            String text = texts.get(field);
            return text == null ? options : checked(field, () -> setter.apply(options, text));
        }

        private static StartOptions checked(String field, Supplier<StartOptions> change) {
            return Parameters.checked(field, change);
        }
    }
}
