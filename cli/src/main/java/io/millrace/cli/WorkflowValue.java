package io.millrace.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace workflow value}. */
@Command(name = "value", description = "Prints a value that a workflow has set; exits with 1 if it has not.")
final class WorkflowValue implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "ID", description = "The workflow id.")
    private String workflowId;

    @Parameters(index = "1", paramLabel = "KEY", description = "The value's key.")
    private String key;

    @Option(
            names = "--wait",
            defaultValue = "0s",
            paramLabel = "DURATION",
            converter = Durations.class,
            description =
                    "Waits until it is set or the workflow has ended, but no longer than this: 10s, or 5m at most.")
    private Duration wait;

    @Override
    public Integer call() {
        String path = Server.workflowPath(workflowId) + "/values/" + Server.encode(key);
        Server.Answer answer = common.server().get(path + (wait.isZero() ? "" : "?wait=" + wait), wait);
        common.print(common.asJson() ? answer.body() : Json.pretty(answer.json().path("value")));
        return 0;
    }
}
