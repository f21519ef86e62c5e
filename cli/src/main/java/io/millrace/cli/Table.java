package io.millrace.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows under headings, as wide as the terminal at most where the columns that may be shortened allow it. */
final class Table {
    private static final String GAP = "  ";

    /** Under a heading of this name, a value has colours where the name beside it is {@code status}. */
    private static final String FIELD = "FIELD";

    private static final Pattern NOT_SHOWN =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]+");

    /** A column shorter than this says nothing. */
    private static final int LEAST_WIDTH = 8;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private String footnote = "";

    /**
     * A column.
     *
     * @param heading above it
     * @param mayShrink whether its values may be cut; an id may not, because people copy it
     * @param isStatus whether its values have colours
     */
    record Column(String heading, boolean mayShrink, boolean isStatus) {
        static Column fixed(String heading) {
            return new Column(heading, false, false);
        }

        static Column shrinking(String heading) {
            return new Column(heading, true, false);
        }

        static Column status(String heading) {
            return new Column(heading, false, true);
        }
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    void add(String... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(values).map(Table::onOneLine).toList());
    }

    /** A table of one thing's fields, a line each. */
    static Table ofFields() {
        return new Table(Column.fixed(FIELD), Column.shrinking("VALUE"));
    }

    /** Something for the person that is no row. It is not part of the table as text: whoever prints it notes that elsewhere. */
    Table followedBy(String footnote) {
        this.footnote = footnote;
        return this;
    }

    /** Empty where there is none. */
    String footnote() {
        return footnote;
    }

    /** Without colours. */
    String render(int maxWidth) {
        return render(maxWidth, false);
    }

    String render(int maxWidth, boolean inColour) {
        int[] widths = widths(maxWidth);
        StringBuilder lines =
                new StringBuilder(line(columns.stream().map(Column::heading).toList(), widths, false));
        for (List<String> row : rows) {
            lines.append(System.lineSeparator()).append(line(row, widths, inColour));
        }
        return lines.toString();
    }

    private int[] widths(int maxWidth) {
        int[] widths = IntStream.range(0, columns.size()).map(this::fullWidth).toArray();
        long excess =
                Arrays.stream(widths).asLongStream().sum() + (long) GAP.length() * (columns.size() - 1) - maxWidth;
        while (excess > 0) {
            int widest = widestThatShrinks(widths);
            if (widest < 0) {
                break;
            }
            widths[widest]--;
            excess--;
        }
        return widths;
    }

    private int fullWidth(int column) {
        int widest = DisplayWidth.of(columns.get(column).heading());
        for (List<String> row : rows) {
            widest = Math.max(widest, DisplayWidth.of(row.get(column)));
        }
        return widest;
    }

    private int widestThatShrinks(int[] widths) {
        int widest = -1;
        for (int column = 0; column < widths.length; column++) {
            if (columns.get(column).mayShrink()
                    && widths[column] > LEAST_WIDTH
                    && (widest < 0 || widths[column] > widths[widest])) {
                widest = column;
            }
        }
        return widest;
    }

    private String line(List<String> values, int[] widths, boolean inColour) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String value = DisplayWidth.cut(values.get(column), widths[column]);
            Tone tone = inColour && isStatus(values, column) ? Tone.of(value) : Tone.PLAIN;
            line.append(column == 0 ? "" : GAP).append(tone.paint(value));
            if (column < widths.length - 1) {
                line.append(" ".repeat(widths[column] - DisplayWidth.of(value)));
            }
        }
        return line.toString().stripTrailing();
    }

    private boolean isStatus(List<String> values, int column) {
        return columns.get(column).isStatus()
                || (column == 1
                        && columns.get(0).heading().equals(FIELD)
                        && values.get(0).equals("status"));
    }

    /** Values come from anyone: a line break, an escape sequence or a change of direction must not reach the terminal. */
    static String onOneLine(String value) {
        return NOT_SHOWN.matcher(value).replaceAll(" ");
    }
}
