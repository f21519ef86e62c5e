package io.millrace.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is. */
final class Terminal {
    /** Where output goes to a file or another program, nothing is shortened. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int USUAL = 80;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)\\s*");

    private Terminal() {}

    static int columns() {
        if (System.console() == null) {
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
}
