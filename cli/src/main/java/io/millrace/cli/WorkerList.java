package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace worker list}. */
@Command(
        name = "list",
        description = {
            "Lists the workers, those that were lost in the last hour among them.",
            "RUNNING: how many workflows one has begun, of its slots. HEARD: how long ago it said that it is alive."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} --watch"})
final class WorkerList implements Callable<Integer> {
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
        Server.Answer answer = server.get("/workers", Duration.ZERO);
        JsonNode workers = answer.json().path("items");
        return new View(answer.body(), table(workers), View.lines(workers, "workerId", WorkerList::inAFewWords), null);
    }

    private static String inAFewWords(JsonNode worker) {
        return worker.path("status").asText() + ", running " + load(worker);
    }

    private static String load(JsonNode worker) {
        return worker.path("running").asText() + " of " + worker.path("slots").asText();
    }

    private static Table table(JsonNode workers) {
        Table table = new Table(
                Table.Column.fixed("WORKER"),
                Table.Column.status("STATUS"),
                Table.Column.fixed("RUNNING"),
                Table.Column.fixed("HEARD"),
                Table.Column.shrinking("HOST"),
                Table.Column.shrinking("VERSION"),
                Table.Column.shrinking("QUEUES"),
                Table.Column.shrinking("WORKFLOW TYPES"));
        for (JsonNode worker : workers) {
            table.add(
                    worker.path("workerId").asText(),
                    worker.path("status").asText(),
                    load(worker),
                    since(worker.path("lastHeartbeatAt").asText()),
                    worker.path("host").asText(),
                    worker.path("version").asText(""),
                    list(worker.path("queues")),
                    list(worker.path("workflowTypes")));
        }
        return table;
    }

    private static String since(String instant) {
        Duration age = instant.isEmpty() ? Duration.ZERO : Duration.between(Instant.parse(instant), Instant.now());
        return instant.isEmpty() ? "" : Durations.text(age.isNegative() ? Duration.ZERO : age) + " ago";
    }

    private static String list(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
