package io.millrace.benchmarks.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** A program of one or more commands, as all of them are run: exit code 0 done, 1 failed, 2 wrong usage. */
public final class Program {
    private Program() {}

    /** Runs a command and ends this process. */
    public static void run(Object command, String[] arguments) {
        System.exit(commandLine(command).execute(arguments));
    }

    /** A command line that says in a sentence what is wrong. */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Program::onWrongUsage)
                .setExecutionExceptionHandler(Program::onFailure);
    }

    /** The sentence, and no more than where the help is: that of some commands would push it off the screen. */
    private static int onWrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        say(command, wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            if (command.getSubcommands().isEmpty()) {
                command.getErr()
                        .println("How to use it: " + command.getCommandSpec().qualifiedName() + " --help");
            } else {
                command.usage(command.getErr());
            }
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof WrongOptionException wrong) {
            return onWrongUsage(new ParameterException(command, wrong.getMessage(), wrong), new String[0]);
        }
        String message = failure.getMessage();
        say(command, message == null ? failure.toString() : message);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void say(CommandLine command, String text) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + text);
    }
}
