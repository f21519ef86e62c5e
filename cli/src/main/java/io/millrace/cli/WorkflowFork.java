package io.millrace.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace workflow fork}. */
@Command(
        name = "fork",
        customSynopsis = {
            "${COMMAND-FULL-NAME} [OPTIONS] --from...=STEP ID...",
            "       ${COMMAND-FULL-NAME} [OPTIONS] (--filter-... | --all)"
        },
        description = {
            "Copies workflows as they were before a step, whatever their status; the copies run from there.",
            "The source stays as it is. Workflows chosen by what they are run from their last failure unless --from says otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${COMMAND-FULL-NAME} order-17 --from-step 3",
            "  ${COMMAND-FULL-NAME} order-17 --from last-failure --version 1.4.1",
            "  ${COMMAND-FULL-NAME} --filter-status FAILED --version 1.4.1 --dry-run"
        })
final class WorkflowFork implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private WhyOptions why;

    @Mixin
    private Targets targets;

    @ArgGroup(order = 1, heading = "%nThe step to run from:%n")
    private @Nullable FromOptions from;

    @Option(names = "--id", paramLabel = "ID", description = "The fork's id; a new one unless given.")
    private @Nullable String forkId;

    @Option(names = "--version", paramLabel = "VERSION", description = "Run the fork only by workers of this version.")
    private @Nullable String applicationVersion;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Another queue than that of the source.")
    private @Nullable String queue;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long the fork may run, as 5m or PT1H30M; the timeout of the source is not inherited.")
    private @Nullable Duration timeout;

    @Option(
            names = "--input",
            paramLabel = "JSON|@FILE|-",
            description = "Another input, with --from-step 1 only: JSON, a file of it, or standard input.")
    private @Nullable String input;

    @Override
    public Integer call() {
        check(targets.areNamed(common));
        JsonBody body = why.body()
                .put("workflowId", forkId)
                .put("applicationVersion", applicationVersion)
                .put("queue", queue)
                .put("timeout", timeout)
                .putJson("input", JsonBody.jsonOf("--input", input, System.in, spec.commandLine()));
        if (from != null) {
            from.addTo(body);
        }
        return targets.send(common, "fork", why, body);
    }

    private void check(boolean named) {
        if (named && from == null) {
            throw common.usage("say from which step: --from-step, --from-step-name or --from");
        }
        if (targets.areSeveral() && forkId != null) {
            throw common.usage("--id goes with one workflow only");
        }
        if (!named && (input != null || (from != null && !from.isPoint()))) {
            throw common.usage("workflows chosen by what they are can be forked --from last-failure or last-step only,"
                    + " with their own input");
        }
    }
}
