package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Queues in words. */
final class QueueText {
    private QueueText() {}

    /** All that holds its workflows back or orders them, on one line. */
    static String limits(JsonNode queue) {
        List<String> limits = new ArrayList<>();
        if (queue.has("concurrency")) {
            limits.add(queue.path("concurrency").asText() + " at once");
        }
        if (queue.has("workerConcurrency")) {
            limits.add(queue.path("workerConcurrency").asText() + " per worker");
        }
        if (queue.has("rateLimit")) {
            limits.add(rate(queue.path("rateLimit")));
        }
        if (queue.path("priorityEnabled").asBoolean()) {
            limits.add("priorities");
        }
        if (queue.path("partitioned").asBoolean()) {
            limits.add("partitioned" + eachKey(queue));
        }
        return limits.isEmpty() ? "none" : String.join(", ", limits);
    }

    private static String eachKey(JsonNode queue) {
        List<String> limits = new ArrayList<>();
        if (queue.has("partitionConcurrency")) {
            limits.add(queue.path("partitionConcurrency").asText() + " at once");
        }
        if (queue.has("partitionRateLimit")) {
            limits.add(rate(queue.path("partitionRateLimit")));
        }
        return limits.isEmpty() ? "" : " (each key " + String.join(", ", limits) + ")";
    }

    /** As it can be given to {@code --rate}. */
    static String rate(JsonNode rate) {
        return rate.path("permits").asText() + "/"
                + Durations.exact(Duration.parse(rate.path("period").asText()));
    }

    /** What changes about one while it works, but for ages and the last minute, which always do. */
    static String inAFewWords(JsonNode queue) {
        String waitingFor = queue.path("waitingFor").asText();
        return queue.path("depth").asText() + " waiting, "
                + queue.path("running").asText() + " running, limits: " + limits(queue)
                + (waitingFor.isEmpty() ? "" : ", waiting for " + waitingFor);
    }

    static String age(JsonNode iso) {
        return iso.isTextual() ? Durations.text(Duration.parse(iso.asText())) : "";
    }

    /** One queue, a line for each field that it has. */
    static Table describe(JsonNode queue) {
        Table table = Table.ofFields();
        queue.properties().forEach(field -> table.add(field.getKey(), text(field.getKey(), field.getValue())));
        return table;
    }

    private static String text(String field, JsonNode value) {
        if (value.isObject()) {
            return rate(value);
        }
        return field.equals("oldestAge") ? age(value) : value.asText();
    }
}
