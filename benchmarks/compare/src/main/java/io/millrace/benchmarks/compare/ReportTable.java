package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.Report.Row;
import io.millrace.benchmarks.compare.systems.MillraceContender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of one metric: a line for each system and mode, and a column for how each kind of Millrace compares with it. */
final class ReportTable {
    private ReportTable() {}

    /** As Markdown whose columns are aligned, so that it is read as well in a terminal. */
    static String of(Metric metric, List<Row> rows) {
        List<Row> ours = rows.stream()
                .filter(row -> MillraceContender.isOne(row.system()))
                .toList();
        List<List<String>> cells = new ArrayList<>();
        cells.add(header(metric, ours));
        for (Row row : rows) {
            List<String> line = new ArrayList<>(List.of(
                    row.name(),
                    number(row.spread().median()),
                    number(row.spread().lowest()) + " - " + number(row.spread().highest()),
                    row.callers()));
            ours.forEach(our -> line.add(MillraceContender.isOne(row.system()) ? "" : ratio(metric, our, row)));
            cells.add(line);
        }
        return written(cells);
    }

    private static List<String> header(Metric metric, List<Row> ours) {
        List<String> header =
                new ArrayList<>(List.of("system", "median " + metric.unit(), "lowest - highest", "callers"));
        ours.forEach(our -> header.add(our.name()));
        return header;
    }

    /** Two digits below 1, where one would make a tenth of a twentieth. */
    private static String ratio(Metric metric, Row our, Row row) {
        double ratio = metric.ratio(our.spread().median(), row.spread().median());
        return String.format(Locale.ROOT, ratio < 1 ? "%.2fx" : "%.1fx", ratio);
    }

    /** Three digits at least, and none that was not measured. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private static String written(List<List<String>> cells) {
        int columns = cells.get(0).size();
        int[] widths = new int[columns];
        cells.forEach(line -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < cells.size(); row++) {
            for (int i = 0; i < columns; i++) {
                // The names to the left, the numbers to the right.
                text.append(String.format(
                        i == 0 ? "| %-" + widths[i] + "s " : "| %" + widths[i] + "s ",
                        cells.get(row).get(i)));
            }
            text.append("|\n");
            if (row == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append(i == 0 ? "|-" : "| ")
                            .append("-".repeat(widths[i]))
                            .append(i == 0 ? "-" : ":");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
