package io.millrace.cli;

import java.net.URI;
import picocli.CommandLine.Mixin;
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

    /** When to use colours. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {"The Millrace server; $MILLRACE_SERVER, else", "${DEFAULT-VALUE}."},
            defaultValue = "${env:MILLRACE_SERVER:-http://127.0.0.1:7070}")
    private String server;

    @Mixin
    private AccessOptions access;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            description = "How to print: ${DEFAULT-VALUE} unless given.",
            defaultValue = "table")
    private Output output;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "Colours; auto: on a terminal, unless $NO_COLOR is set.",
            defaultValue = "auto")
    private Colour colour;

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
        String url = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        return new Server(new Http(url, access.to(uri, this)));
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

    /** Prints without a line break, at once. */
    void draw(String text) {
        command.commandLine().getOut().print(text);
        command.commandLine().getOut().flush();
    }

    /** Prints a table, and beside the output what is to be said of it. */
    void print(Table table) {
        print(render(table));
        if (!table.footnote().isEmpty()) {
            note(table.footnote());
        }
    }

    /** A table as it looks where output goes now. */
    String render(Table table) {
        int columns = terminal().showsOutput() ? terminal().size().columns() : Terminal.UNLIMITED;
        return table.render(columns, isInColour());
    }

    private boolean isInColour() {
        return switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal().showsOutput() && terminal().hasColours();
        };
    }

    /** A command that can be pasted: as the program was called, and to the same server. */
    String pasteable(String... arguments) {
        return Pasteable.command(command.commandLine(), arguments);
    }

    /** Wrong usage: ends the command with exit code 2 and its help. */
    ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    Terminal terminal() {
        return MillraceCli.terminal(command);
    }

    /** What is under way, for whoever sits at the terminal. */
    Progress progress() {
        return new Progress(command.commandLine().getErr(), terminal());
    }

    /** Something for the person that must not be mistaken for output. */
    void note(String text) {
        command.commandLine().getErr().println(text);
    }
}
