package io.millrace.cli;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Draws over what it has drawn before. It stays in the ordinary screen, so that what was drawn last is still there afterwards, however the
 * program ends.
 */
final class Screen {
    private static final String CURSOR_UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\r\u001b[J";
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[\\d+m");

    private final CommonOptions common;
    private int rowsDrawn;

    Screen(CommonOptions common) {
        this.common = common;
    }

    /** Draws a text of several lines; as many of them as the terminal has room for. */
    void draw(String text) {
        Terminal.Size size = common.terminal().size();
        List<String> lines = text.lines().toList();
        StringBuilder drawing =
                new StringBuilder(rowsDrawn > 0 ? String.format(CURSOR_UP, rowsDrawn) : "").append(CLEAR_BELOW);
        int rows = 0;
        int line = 0;
        // One row for what is left out, one for the cursor.
        while (line < lines.size() && rows + rows(lines.get(line), size) <= room(lines, size)) {
            rows += rows(lines.get(line), size);
            drawing.append(lines.get(line++)).append('\n');
        }
        if (line < lines.size()) {
            drawing.append("... ").append(lines.size() - line).append(" more lines\n");
            rows++;
        }
        common.draw(drawing.toString());
        rowsDrawn = rows;
    }

    /** Lets what is drawn stand; what comes next goes below it. */
    void leave() {
        rowsDrawn = 0;
    }

    private static int room(List<String> lines, Terminal.Size size) {
        return size.rows() - (lines.size() < size.rows() ? 1 : 2);
    }

    /** A line that is too long goes on in the next row. */
    private static int rows(String line, Terminal.Size size) {
        int width = DisplayWidth.of(COLOUR.matcher(line).replaceAll(""));
        return Math.max(1, (width + size.columns() - 1) / size.columns());
    }
}
