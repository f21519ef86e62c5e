package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace workflow}: groups what can be done with workflows. */
@Command(
        name = "workflow",
        description = "Starts workflows and looks at them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WorkflowStart.class,
            WorkflowList.class,
            WorkflowGet.class,
            WorkflowSteps.class,
            WorkflowResult.class
        })
final class WorkflowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: start, list, get, steps or result");
    }
}
