package io.millrace.standalone;

import io.millrace.standalone.token.TokenCommand;
import io.millrace.standalone.trace.TraceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The processes of Millrace, and what looks at their topics; the launcher script comes here. */
@Command(
        name = "millrace",
        description = "A durable workflow engine over Kafka.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(dev | server | engine | sample-worker | trace | token)")
public final class Main {
    private Main() {}

    /** Runs one of the commands until it is stopped; exit code 1 if it could not start, 2 for wrong usage. */
    public static void main(String[] args) {
        System.exit(commands(new MillraceParts()).execute(args));
    }

    static CommandLine commands(Parts parts) {
        return new CommandLine(new Main())
                .addSubcommand(new DevCommand(parts))
                .addSubcommand(new ServerCommand(parts))
                .addSubcommand(new EngineCommand(parts))
                .addSubcommand(new SampleWorkerCommand(parts))
                .addSubcommand(new TraceCommand())
                .addSubcommand(new TokenCommand())
                .setExecutionExceptionHandler((error, command, parsed) -> {
                    command.getErr().println("millrace: " + PlainWords.of(error));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }
}
