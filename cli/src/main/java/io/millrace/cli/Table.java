package io.millrace.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under headings, as wide as the terminal at most where the columns that may be shortened allow it. */
final class Table {
    private static final String GAP = "  ";

    /** A column shorter than this says nothing. */
    private static final int LEAST_WIDTH = 8;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param heading above it
     * @param mayShrink whether its values may be cut; an id may not, because people copy it
     */
    record Column(String heading, boolean mayShrink) {
        static Column fixed(String heading) {
            return new Column(heading, false);
        }

        static Column shrinking(String heading) {
            return new Column(heading, true);
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

    String render(int maxWidth) {
        int[] widths = widths(maxWidth);
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(Column::heading).toList());
        lines.addAll(rows);
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining(System.lineSeparator()));
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
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(columns.get(column).heading().length(), widest);
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

    private static String line(List<String> values, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String value = cut(values.get(column), widths[column]);
            line.append(column == 0 ? "" : GAP).append(value).append(" ".repeat(widths[column] - value.length()));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String value, int width) {
        return value.length() <= width ? value : value.substring(0, width - 1) + "…";
    }

    /** Values come from anyone: a line break or an escape sequence in one must not reach the terminal. */
    private static String onOneLine(String value) {
        return value.replaceAll("[\\p{Cntrl}]+", " ");
    }
}
