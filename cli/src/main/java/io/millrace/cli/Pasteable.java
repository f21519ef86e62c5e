package io.millrace.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes commands that a person can copy into a shell. */
final class Pasteable {
    /** How the launcher was called. */
    private static final String COMMAND = System.getProperty("millrace.command", "millrace");

    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+=,-]+");

    private Pasteable() {}

    /** A command as the program was called, and to the same server. */
    static String command(CommandLine running, String... arguments) {
        String words = Arrays.stream(arguments).map(Pasteable::word).collect(Collectors.joining(" "));
        StringBuilder pasteable = new StringBuilder(COMMAND + " " + words);
        CommandLine.ParseResult parsed = running.getParseResult();
        for (String option : List.of("--server", "--token-file", "--ca-file")) {
            if (parsed.hasMatchedOption(option)) {
                Object value = parsed.matchedOptionValue(option, "");
                pasteable.append(' ').append(option).append(' ').append(word(value.toString()));
            }
        }
        return pasteable + (parsed.hasMatchedOption("--insecure-http") ? " --insecure-http" : "");
    }

    /** What asks for the help of a command. */
    static String help(CommandSpec command) {
        return COMMAND + command.qualifiedName().substring(command.root().name().length()) + " --help";
    }

    /** A workflow id may hold any character; a shell is to take it as one word. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
