package io.millrace.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The terminal that the program was started from. */
final class SystemTerminal implements Terminal {
    /**
     * Which of standard input (0), output (1) and error (2) are terminals, such as {@code 02}. The launcher says so, because Java knows
     * no more than whether both of the first two are.
     */
    static final String TERMINALS = "millrace.terminals";

    private static final Size USUAL = new Size(24, 80);
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d+) (\\d+)\\s*");
    private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,4}");

    private final @Nullable String terminals;
    private final Map<String, String> environment;

    SystemTerminal() {
        this(System.getProperty(TERMINALS), System.getenv());
    }

    SystemTerminal(@Nullable String terminals, Map<String, String> environment) {
        this.terminals = terminals;
        this.environment = environment;
    }

    @Override
    public boolean canAsk() {
        return is('0') && is('2');
    }

    @Override
    public boolean agrees(String question) {
        PrintWriter questions = new PrintWriter(System.err, true, Charset.defaultCharset());
        questions.print(question + " [y/N] ");
        questions.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean showsOutput() {
        return is('1');
    }

    @Override
    public boolean showsNotes() {
        return is('2');
    }

    @Override
    public boolean hasColours() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    @Override
    public Size size() {
        Size size = askedOfStty();
        String columns = environment.getOrDefault("COLUMNS", "");
        return COLUMNS.matcher(columns).matches() ? new Size(size.rows(), Integer.parseInt(columns)) : size;
    }

    private static Size askedOfStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Matcher size = ROWS_AND_COLUMNS.matcher(
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            boolean known = size.matches()
                    && !size.group(1).equals("0")
                    && !size.group(2).equals("0");
            return known ? new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))) : USUAL;
        } catch (IOException noSuchCommand) {
            return USUAL;
        }
    }

    private boolean is(char stream) {
        return terminals == null ? isConsole() : terminals.indexOf(stream) >= 0;
    }

    /** Some Javas have a console also where output goes elsewhere; those can say so. */
    private static boolean isConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }
}
