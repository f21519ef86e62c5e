package io.millrace.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every command has. */
final class CommonOptions {
    /** How to print. */
    enum Output {
        TABLE,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {"The Millrace server; $MILLRACE_SERVER, else", "${DEFAULT-VALUE}."},
            defaultValue = "${env:MILLRACE_SERVER:-http://127.0.0.1:7070}")
    private String server;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            description = "How to print: ${DEFAULT-VALUE} unless given.",
            defaultValue = "table")
    private Output output;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    Server server() {
        URI uri;
        try {
            uri = URI.create(server);
        } catch (IllegalArgumentException e) {
            throw noServer();
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw noServer();
        }
        return new Server(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
    }

    private ParameterException noServer() {
        return usage("--server must be a URL such as http://127.0.0.1:7070, not \"" + server + "\"");
    }

    boolean asJson() {
        return output == Output.JSON;
    }

    void print(String text) {
        command.commandLine().getOut().println(text);
    }

    void print(Table table) {
        print(table.render(Terminal.columns()));
    }

    /** A command that can be pasted: as the program was called, and to the same server. */
    String pasteable(String... arguments) {
        return Pasteable.command(command.commandLine(), arguments);
    }

    /** Wrong usage: ends the command with exit code 2 and its help. */
    ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    Person person() {
        return MillraceCli.person(command);
    }

    /** Something for the person that must not be mistaken for output. */
    void note(String text) {
        command.commandLine().getErr().println(text);
    }
}
