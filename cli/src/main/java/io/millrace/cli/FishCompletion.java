package io.millrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the fish shell, which picocli does not write: the commands of each group, and the options of each command. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder("# Completions of millrace for fish.\n");

    private FishCompletion() {}

    static String of(CommandLine root) {
        FishCompletion completion = new FishCompletion();
        completion.line("__fish_use_subcommand", "-f");
        root.getSubcommands().forEach((group, commands) -> {
            completion.command("__fish_use_subcommand", group, commands);
            String names = String.join(" ", commands.getSubcommands().keySet());
            String inGroup = "__fish_seen_subcommand_from " + group;
            completion.line(inGroup, "-f");
            commands.getSubcommands().forEach((name, command) -> {
                completion.command(inGroup + "; and not __fish_seen_subcommand_from " + names, name, command);
                completion.options(inGroup + "; and __fish_seen_subcommand_from " + name, command);
            });
        });
        return completion.script.toString();
    }

    private void command(String condition, String name, CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        line(condition, "-a " + name + " -d " + quoted(description.length == 0 ? "" : description[0]));
    }

    private void options(String condition, CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            String[] description = option.description();
            line(
                    condition,
                    "-l " + option.longestName().substring(2) + (option.arity().min() > 0 ? " -r" : "") + " -d "
                            + quoted(description.length == 0 ? "" : description[0]));
        }
    }

    private void line(String condition, String rest) {
        script.append("complete -c millrace -n '")
                .append(condition)
                .append("' ")
                .append(rest)
                .append('\n');
    }

    private static String quoted(String text) {
        return "'"
                + CommandLine.Help.Ansi.OFF.string(text).replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
