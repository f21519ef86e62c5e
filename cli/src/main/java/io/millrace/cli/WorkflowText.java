package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Workflows in words. */
final class WorkflowText {
    private static final Set<String> OPEN = Set.of("DELAYED", "ENQUEUED", "RUNNING", "PAUSED", "CANCELLING");

    private WorkflowText() {}

    static boolean isOpen(String status) {
        return OPEN.contains(status);
    }

    /** What changes about one while it runs. */
    static String inAFewWords(JsonNode workflow) {
        String steps = workflow.path("stepCount").asText();
        String waitingFor = workflow.path("waitingFor").asText();
        return workflow.path("status").asText() + ", " + steps + (steps.equals("1") ? " step" : " steps")
                + (waitingFor.isEmpty() ? "" : ", waiting for " + waitingFor);
    }

    /** Every field that has a value, a line each. */
    static Table describe(JsonNode workflow) {
        Table table = Table.ofFields();
        workflow.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!isNothing(field.getKey(), value)) {
                table.add(field.getKey(), text(field.getKey(), value));
            }
        });
        return table;
    }

    private static boolean isNothing(String field, JsonNode value) {
        boolean neverResumed = field.equals("run") && value.asInt() == 0;
        boolean inItsTurn = field.equals("expedited") && !value.asBoolean();
        return neverResumed || inItsTurn || value.isNull() || (value.isContainerNode() && value.isEmpty());
    }

    private static String text(String field, JsonNode value) {
        if (field.equals("error")) {
            return error(value);
        }
        return value.isTextual() ? value.asText() : Json.text(value);
    }

    /** A failure without its stack trace, which is many lines and is there in JSON. */
    static String error(JsonNode error) {
        return error.path("type").asText() + ": " + error.path("message").asText();
    }
}
