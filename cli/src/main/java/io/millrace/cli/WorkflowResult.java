package io.millrace.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow result}. */
@Command(name = "result", description = "Prints what a workflow returned.")
final class WorkflowResult implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "36500d",
            defaultValue = "0s",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "Waits until it has ended, or as long as given, as 10s or PT1M.")
    private Duration wait;

    @Override
    public Integer call() {
        return new ResultWait(common, common.server(), workflowId).until(wait);
    }
}
