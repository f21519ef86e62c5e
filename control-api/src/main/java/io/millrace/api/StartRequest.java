package io.millrace.api;

import static io.millrace.api.FieldKind.LABELS;
import static io.millrace.api.FieldKind.TEXT;
import static io.millrace.api.FieldKind.VALUE;

import io.millrace.client.EncodedPayload;
import io.millrace.client.StartOptions;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /workflows} asks for.
 *
 * @param name the workflow type
 * @param input the input, as it stands in the body, byte for byte; null where there is none
 * @param options everything else
 */
record StartRequest(String name, @Nullable EncodedPayload input, StartOptions options) {
    private static final Map<String, FieldKind> FIELDS = Map.of(
            "name", TEXT,
            "workflowId", TEXT,
            "queue", TEXT,
            "delay", TEXT,
            "timeout", TEXT,
            "applicationVersion", TEXT,
            "attributes", LABELS,
            "input", VALUE);

    /**
     * Reads a body.
     *
     * @throws ProblemException 400, naming the field, or the place where the body is no JSON
     */
    static StartRequest parse(String body) throws IOException {
        BodyFields fields = BodyFields.parse(body, "a start", FIELDS);
        String name = fields.text("name");
        if (name == null || name.isBlank()) {
            throw new ProblemException(Problem.badField("name", "name must be given: the workflow type to start"));
        }
        return new StartRequest(name, fields.value("input"), options(fields));
    }

    private static StartOptions options(BodyFields fields) {
        String workflowId = fields.text("workflowId");
        StartOptions options = workflowId == null
                ? StartOptions.generatedId()
                : Parameters.checked("workflowId", () -> StartOptions.workflowId(workflowId));
        options = fields.with(options, "queue", StartOptions::queue);
        options = fields.with(options, "applicationVersion", StartOptions::applicationVersion);
        options = fields.with(options, "delay", (all, text) -> all.delay(Parameters.duration("delay", text)));
        options = fields.with(options, "timeout", (all, text) -> all.timeout(Parameters.duration("timeout", text)));
        Map<String, String> attributes = fields.labels("attributes");
        if (attributes == null) {
            return options;
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            StartOptions before = options;
            options =
                    Parameters.checked("attributes", () -> before.attribute(attribute.getKey(), attribute.getValue()));
        }
        return options;
    }
}
