package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * {@code millrace}: starts workflows, looks at them and controls them, and so with queues. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
 */
@Command(
        name = "millrace",
        description = "Durable workflows over Kafka.",
        mixinStandardHelpOptions = true,
        versionProvider = MillraceCli.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nOther commands of the launcher, each with --help:%n",
        footer = {
            "  dev            Broker, engine, API and sample workflows in one process.",
            "  server         The engine and the API.",
            "  engine         The engine alone.",
            "  sample-worker  A worker with the sample workflows.",
            "  trace          One workflow's records from all topics.",
            "  bench          Measures throughput and latency.",
            "  load           Makes a backlog on a queue, and measures how it is drained.",
            "  scenario       Measures one thing several times.",
            "  soak           Works for an hour, and says whether anything grows.",
            "  compare        Millrace and its peers in turns on this machine.",
            "  example        Runs an example: see examples/README.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused or failed", "2:wrong usage"})
public final class MillraceCli {
    private static final int REFUSED_OR_FAILED = 1;

    private final Terminal terminal;

    MillraceCli(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A command line that can run these arguments. */
    static CommandLine commandLine(Terminal terminal, String... arguments) {
        CommandLine root = new CommandLine(new MillraceCli(terminal));
        Commands.addTo(root, arguments);
        // After the commands are there: the settings go to all of them.
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                // "@file" is a workflow's input here, and not a file of further arguments.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(MillraceCli::onWrongUsage)
                .setExecutionExceptionHandler(MillraceCli::onError);
    }

    /** Says what is wrong, and no more than where the help is: the help of some commands would push it off the screen. */
    private static int onWrongUsage(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        command.getErr().println("millrace: " + error.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(error, command.getErr())) {
            CommandSpec wrong = command.getCommandSpec();
            if (wrong.subcommands().isEmpty()) {
                command.getErr().println("How to use it: " + Pasteable.help(wrong));
            } else {
                command.usage(command.getErr());
            }
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** The terminal of this command line. */
    static Terminal terminal(CommandSpec command) {
        return ((MillraceCli) command.root().userObject()).terminal;
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
        System.exit(commandLine(new SystemTerminal(), args).execute(args));
    }

    /** Which Millrace this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = MillraceCli.class.getPackage().getImplementationVersion();
            return new String[] {
                "millrace " + (version == null ? "(not from a jar)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("java.vendor")
            };
        }
    }
}
