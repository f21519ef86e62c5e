package io.millrace.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace workflow resume}. */
@Command(
        name = "resume",
        customSynopsis = {
            "${COMMAND-FULL-NAME} [OPTIONS] ID...",
            "       ${COMMAND-FULL-NAME} [OPTIONS] (--filter-... | --all)"
        },
        description = {
            "Lets closed workflows go on from their last completed step, under the same id.",
            "Attempts and timeout start afresh. Of workflows that are ENQUEUED or DELAYED: runs them before all others. One that is "
                    + "COMPLETED cannot be resumed: fork it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ${COMMAND-FULL-NAME} order-17", "  ${COMMAND-FULL-NAME} --filter-status FAILED --per-second 20"})
final class WorkflowResume implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Mixin
    private Targets targets;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Another queue than their own.")
    private @Nullable String queue;

    @Override
    public Integer call() {
        return targets.send(common, "resume", why, why.body().put("queue", queue));
    }
}
