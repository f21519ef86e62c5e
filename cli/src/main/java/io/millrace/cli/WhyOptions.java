package io.millrace.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command to a workflow can carry. */
final class WhyOptions {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the workflow's history.")
    private @Nullable String reason;

    @Option(
            names = "--command-id",
            paramLabel = "ID",
            description =
                    "Names this command: sent again under the same id, it has no second effect and the same answer.")
    private @Nullable String commandId;

    /** One id names one command to one workflow, or one to all that a filter lets through. */
    void checkFor(List<String> workflowIds, CommonOptions common) {
        if (commandId != null && workflowIds.size() > 1) {
            throw common.usage("--command-id goes with one workflow only");
        }
    }

    JsonBody body() {
        return new JsonBody().put("reason", reason).put("commandId", commandId);
    }
}
