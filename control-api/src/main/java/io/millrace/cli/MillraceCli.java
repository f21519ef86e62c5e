package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code millrace}: starts workflows, looks at them and controls them. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
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

    private final Person person;

    MillraceCli(Person person) {
        this.person = person;
    }

    /** The command line, for programs that add commands of their own to it. */
    public static CommandLine commandLine() {
        return commandLine(new Terminal());
    }

    static CommandLine commandLine(Person person) {
        return new CommandLine(new MillraceCli(person))
                .setCaseInsensitiveEnumValuesAllowed(true)
                // "@file" is a workflow's input here, and not a file of further arguments.
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(MillraceCli::onError);
    }

    /** Who can be asked by a command of this command line. */
    static Person person(CommandSpec command) {
        return ((MillraceCli) command.root().userObject()).person;
    }

    private static int onError(Exception error, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (!(error instanceof CliException)) {
            throw error;
        }
        command.getErr().println("millrace: " + error.getMessage());
        if (error instanceof RefusedException refused) {
            refused.nextStep(command).ifPresent(command.getErr()::println);
        }
        return REFUSED_OR_FAILED;
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
