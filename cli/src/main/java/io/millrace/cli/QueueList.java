package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace queue list}. */
@Command(
        name = "list",
        description = {
            "Lists the queues that were declared or have something on them.",
            "WAITING: for a worker. RUNNING: with a worker. SLOTS: held, pauses and waits included, of queues with limits. "
                    + "BEGUN, ENDED: in the last minute."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME}", "  ${COMMAND-FULL-NAME} -o json"})
final class QueueList implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private WatchOption watch;

    @Override
    public Integer call() {
        Server server = common.server();
        return watch.show(common, server, "", () -> look(server));
    }

    private static View look(Server server) {
        Server.Answer answer = server.get("/queues", Duration.ZERO);
        JsonNode queues = answer.json().path("items");
        return new View(answer.body(), table(queues), View.lines(queues, "queue", QueueText::inAFewWords), null);
    }

    private static Table table(JsonNode queues) {
        Table table = new Table(
                Table.Column.fixed("QUEUE"),
                Table.Column.fixed("WAITING"),
                Table.Column.fixed("RUNNING"),
                Table.Column.fixed("SLOTS"),
                Table.Column.fixed("OLDEST"),
                Table.Column.fixed("BEGUN"),
                Table.Column.fixed("ENDED"),
                Table.Column.shrinking("LIMITS"),
                Table.Column.shrinking("WAITING FOR"));
        for (JsonNode queue : queues) {
            table.add(
                    queue.path("queue").asText(),
                    queue.path("depth").asText(),
                    queue.path("running").asText(),
                    queue.path("slotsHeld").asText(),
                    QueueText.age(queue.path("oldestAge")),
                    queue.path("begunLastMinute").asText(),
                    queue.path("endedLastMinute").asText(),
                    QueueText.limits(queue),
                    queue.path("waitingFor").asText());
        }
        return table;
    }
}
