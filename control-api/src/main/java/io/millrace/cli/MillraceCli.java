package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code millrace}: looks at workflows and starts them. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
 */
@Command(
        name = "millrace",
        description = "Durable workflows over Kafka.",
        mixinStandardHelpOptions = true,
        subcommands = {WorkflowCommand.class, CommandLine.HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused or failed", "2:wrong usage"})
public final class MillraceCli {
    private static final int REFUSED_OR_FAILED = 1;

    MillraceCli() {}

    /** The command line, for programs that add commands of their own to it. */
    public static CommandLine commandLine() {
        return new CommandLine(new MillraceCli())
                .setCaseInsensitiveEnumValuesAllowed(true)
                // "@file" is a workflow's input here, and not a file of further arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(MillraceCli::onError);
    }

    private static int onError(Exception error, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(error instanceof CliException)) {
            throw error;
        }
        command.getErr().println("millrace: " + error.getMessage());
        return REFUSED_OR_FAILED;
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
