package io.millrace.benchmarks.load.progress;

import io.millrace.benchmarks.figures.Axis;

/** The depth over time, in characters for a terminal of 80 columns. */
public final class DepthChart {
    private static final int HEIGHT = 8;
    private static final int WIDTH = 70;
    private static final int LABEL = 7;
    private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

    private DepthChart() {}

    /** A chart, line by line. */
    public static String of(Depth depth) {
        long[] columns = depth.columns(WIDTH);
        long highest = Math.max(1, depth.highest());
        StringBuilder chart = new StringBuilder();
        for (int row = HEIGHT - 1; row >= 0; row--) {
            String label = row == HEIGHT - 1 ? Axis.count(highest) : "";
            StringBuilder line = new StringBuilder(String.format("%" + LABEL + "s ┤", label));
            for (long column : columns) {
                line.append(EIGHTHS.charAt(eighths(column, highest, row)));
            }
            chart.append(line.toString().stripTrailing()).append('\n');
        }
        return chart.append(axis(depth)).append(marks(depth)).toString();
    }

    /** How much of a row is filled, in eighths; what is more than nothing can be seen. */
    private static int eighths(long value, long highest, int row) {
        double filled = value * (double) HEIGHT / highest - row;
        int eighths = (int) Math.round(Math.max(0, Math.min(1, filled)) * 8);
        return row == 0 && value > 0 ? Math.max(1, eighths) : eighths;
    }

    private static String axis(Depth depth) {
        String end = Axis.time(depth.seconds());
        return String.format("%" + LABEL + "s └%s\n", "0", "─".repeat(WIDTH)) + " ".repeat(LABEL + 2) + "0"
                + " ".repeat(WIDTH - 1 - end.length()) + end + "\n";
    }

    private static String marks(Depth depth) {
        StringBuilder marks = new StringBuilder();
        for (Depth.Mark mark : depth.marks()) {
            marks.append(" ".repeat(LABEL + 2))
                    .append("at ")
                    .append(Axis.time(mark.seconds()))
                    .append(": ")
                    .append(mark.what())
                    .append('\n');
        }
        return marks.toString();
    }
}
