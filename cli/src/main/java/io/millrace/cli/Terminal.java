package io.millrace.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal, where there is one: how wide it is, and who sits at it. */
final class Terminal implements Person {
    /** Where output goes to a file or another program, nothing is shortened. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int USUAL = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)\\s*");

    static int columns() {
        if (!isTerminal()) {
            return UNLIMITED;
        }
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size </dev/tty").start();
            Matcher size = ROWS_AND_COLUMNS.matcher(
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return size.matches() && !size.group(1).equals("0") ? Integer.parseInt(size.group(1)) : USUAL;
        } catch (IOException noSuchCommand) {
            return USUAL;
        }
    }

    @Override
    public boolean isThere() {
        return isTerminal();
    }

    @Override
    public boolean agrees(String question) {
        String answer = System.console().readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** Some Javas have a console also where output goes elsewhere; those can say so. */
    private static boolean isTerminal() {
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
