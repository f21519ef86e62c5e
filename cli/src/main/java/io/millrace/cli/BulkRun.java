package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One command to many workflows, in requests of about a second each, so that it is seen how far it is and no request is so long that a
 * proxy ends it. All requests carry one command id: one that is sent again has no second effect on those it has reached.
 */
final class BulkRun {
    /** A request of the highest rate is a tenth of a second long, and its body still small. */
    private static final int LARGEST_BATCH = 1_000;

    /** What a batch may take beyond what any request may: its commands are spread over a second. */
    private static final Duration BATCH = Duration.ofSeconds(30);

    /** How often one batch is sent again where the server has too much to do or lost its engine for a moment. */
    private static final int MOST_REPETITIONS = 5;

    private static final Duration BEFORE_REPETITION = Duration.ofSeconds(2);

    private final CommonOptions common;
    private final Server server;
    private final String resource;
    private final int perSecond;

    private final List<JsonNode> items = new ArrayList<>();
    private int accepted;

    BulkRun(CommonOptions common, Server server, String resource, int perSecond) {
        this.common = common;
        this.server = server;
        this.resource = resource;
        this.perSecond = perSecond;
    }

    /** Returns the exit code: 1 if one workflow refused it. */
    int run(List<String> workflowIds, JsonBody body) {
        if (!body.has("commandId")) {
            body.put("commandId", UUID.randomUUID().toString());
        }
        body.put("perSecond", perSecond);
        boolean done = false;
        try (Progress progress = common.progress()) {
            progress.begin(resource + ": 0 of " + workflowIds.size() + " done");
            sendAll(workflowIds, body, progress);
            done = true;
        } finally {
            // Also where the server goes away in the middle: whoever asked must know how far it came.
            if (done || !items.isEmpty()) {
                print(workflowIds.size());
            }
        }
        return accepted == items.size() ? 0 : 1;
    }

    private void sendAll(List<String> workflowIds, JsonBody body, Progress progress) {
        long beganNanos = System.nanoTime();
        int size = Math.min(perSecond, LARGEST_BATCH);
        for (int from = 0; from < workflowIds.size(); from += size) {
            List<String> batch = workflowIds.subList(from, Math.min(from + size, workflowIds.size()));
            add(patiently(body.put("workflowIds", batch)));
            progress.now(resource + ": " + items.size() + " of " + workflowIds.size() + " done, " + accepted
                    + " accepted, " + (items.size() - accepted) + " rejected");
            if (items.size() < workflowIds.size()) {
                // The server paces each request, and this the requests among each other.
                long dueNanos =
                        beganNanos + items.size() * Duration.ofSeconds(1).toNanos() / perSecond;
                pause(Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime())));
            }
        }
    }

    private JsonNode patiently(JsonBody body) {
        for (int repetition = 0; ; repetition++) {
            try {
                return server.post("/workflows:" + resource, body, BATCH).json();
            } catch (RefusedException e) {
                if (e.isFinal() || repetition == MOST_REPETITIONS) {
                    throw e;
                }
                pause(BEFORE_REPETITION);
            }
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }

    private void add(JsonNode report) {
        report.path("items").forEach(items::add);
        accepted += report.path("accepted").asInt();
    }

    private void print(int matched) {
        int rejected = items.size() - accepted;
        if (common.asJson()) {
            ObjectNode report = Json.newObject()
                    .put("matched", matched)
                    .put("accepted", accepted)
                    .put("rejected", rejected);
            report.putArray("items").addAll(items);
            common.print(Json.text(report));
            return;
        }
        if (items.isEmpty()) {
            common.note("No workflow matches.");
            return;
        }
        common.print(table());
        String unasked = items.size() < matched ? ", " + (matched - items.size()) + " not reached" : "";
        common.note(accepted + " accepted, " + rejected + " rejected" + unasked + ".");
    }

    private Table table() {
        Table table = new Table(
                Table.Column.fixed("ID"),
                Table.Column.status("OUTCOME"),
                Table.Column.status("STATUS"),
                Table.Column.shrinking("NOTE"));
        for (JsonNode item : items) {
            table.add(
                    item.path("workflowId").asText(),
                    item.path("accepted").asBoolean() ? "accepted" : "rejected",
                    item.path("status").asText(),
                    note(item));
        }
        return table;
    }

    private static String note(JsonNode item) {
        String note = item.path("note").asText();
        return note.isEmpty() && item.hasNonNull("forkWorkflowId")
                ? "its fork is " + item.path("forkWorkflowId").asText()
                : note;
    }
}
