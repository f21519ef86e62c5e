package io.millrace.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace workflow}: groups what can be done with workflows. */
@Command(
        name = "workflow",
        description = "Starts workflows, looks at them and controls them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            WorkflowStart.class,
            WorkflowList.class,
            WorkflowGet.class,
            WorkflowSteps.class,
            WorkflowResult.class,
            WorkflowHistory.class,
            WorkflowValue.class,
            WorkflowForks.class,
            WorkflowCancel.class,
            WorkflowTerminate.class,
            WorkflowPause.class,
            WorkflowUnpause.class,
            WorkflowResume.class,
            WorkflowRewind.class,
            WorkflowFork.class,
            WorkflowPriority.class,
            WorkflowMove.class,
            WorkflowMessage.class
        })
final class WorkflowCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
