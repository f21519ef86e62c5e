package io.millrace.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace workflow move}. */
@Command(
        name = "move",
        customSynopsis = {
            "${COMMAND-FULL-NAME} [OPTIONS] ID... QUEUE",
            "       ${COMMAND-FULL-NAME} [OPTIONS] (--filter-... | --all) QUEUE"
        },
        description = {
            "Takes workflows that have not begun to another queue, to the end of those of their priority there.",
            "Of the queue that they leave, they keep neither priority nor partition key. QUEUE is the last word."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} order-17 express --priority 1",
            "  ${COMMAND-FULL-NAME} --filter-queue shop --filter-status ENQUEUED --dry-run overflow"
        })
final class WorkflowMove implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Mixin
    private Targets targets;

    @Option(names = "--priority", paramLabel = "N", description = "Their priority there: 1 goes first.")
    private @Nullable Integer priority;

    @Option(names = "--partition-key", paramLabel = "KEY", description = "Their partition key there.")
    private @Nullable String partitionKey;

    @Override
    public Integer call() {
        String queue = targets.takeLast(common, "to which queue");
        JsonBody body = why.body().put("queue", queue).put("priority", priority).put("partitionKey", partitionKey);
        return targets.send(common, "move", why, body);
    }
}
