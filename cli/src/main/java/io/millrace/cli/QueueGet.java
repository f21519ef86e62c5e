package io.millrace.cli;

import java.time.Duration;
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

    @Override
    public Integer call() {
        Server.Answer answer = common.server().get(Server.queuePath(queue), Duration.ZERO);
        if (common.asJson()) {
            common.print(answer.body());
        } else {
            common.print(QueueText.describe(answer.json()));
        }
        return 0;
    }
}
