package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace queue get}. */
@Command(
        name = "get",
        description = "Shows one queue: its limits, and what is on it.",
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} shop"})
final class QueueGet implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "QUEUE", description = "The name of the queue.")
    private String queue;

    @Mixin
    private WatchOption watch;

    @Override
    public Integer call() {
        Server server = common.server();
        return watch.show(common, server, "queue=" + Server.encode(queue), () -> look(server));
    }

    private View look(Server server) {
        Server.Answer answer = server.get(Server.queuePath(queue), Duration.ZERO);
        JsonNode json = answer.json();
        return new View(answer.body(), QueueText.describe(json), Map.of(queue, QueueText.inAFewWords(json)), null);
    }
}
