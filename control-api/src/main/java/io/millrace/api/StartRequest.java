package io.millrace.api;

import static io.millrace.api.FieldKind.LABELS;
import static io.millrace.api.FieldKind.NUMBER;
import static io.millrace.api.FieldKind.TEXT;
import static io.millrace.api.FieldKind.VALUE;

import io.millrace.client.EncodedPayload;
import io.millrace.client.StartOptions;
import io.millrace.schemas.DeduplicationPolicy;
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
    private static final Map<String, FieldKind> FIELDS = CommandRequests.and(
            Map.of(
                    "name", TEXT,
                    "workflowId", TEXT,
                    "delay", TEXT,
                    "timeout", TEXT,
                    "retention", TEXT,
                    "applicationVersion", TEXT,
                    "attributes", LABELS,
                    "input", VALUE),
            Map.of(
                    "queue", TEXT,
                    "priority", NUMBER,
                    "deduplicationId", TEXT,
                    "deduplicationPolicy", TEXT,
                    "partitionKey", TEXT));

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
        options =
                fields.with(options, "retention", (all, text) -> all.retention(Parameters.duration("retention", text)));
        options = fields.withNumber(options, "priority", StartOptions::priority);
        options = fields.with(options, "partitionKey", StartOptions::partitionKey);
        options = deduplicated(options, fields);
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

    private static StartOptions deduplicated(StartOptions options, BodyFields fields) {
        String policy = fields.text("deduplicationPolicy");
        if (policy != null && !fields.isGiven("deduplicationId")) {
            throw new ProblemException(Problem.badField(
                    "deduplicationPolicy", "deduplicationPolicy goes with a deduplicationId, and there is none"));
        }
        DeduplicationPolicy then = policy == null ? DeduplicationPolicy.REJECT : policy(policy);
        return fields.with(options, "deduplicationId", (all, text) -> all.deduplicationId(text, then));
    }

    private static DeduplicationPolicy policy(String text) {
        return switch (text) {
            case "REJECT" -> DeduplicationPolicy.REJECT;
            case "RETURN_EXISTING" -> DeduplicationPolicy.RETURN_EXISTING;
            default ->
                throw new ProblemException(Problem.badField(
                        "deduplicationPolicy",
                        "deduplicationPolicy must be REJECT or RETURN_EXISTING, not \"" + text + "\""));
        };
    }
}
