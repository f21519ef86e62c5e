package io.millrace.benchmarks.soak;

import java.util.List;
import java.util.Locale;

/** All series over time, each a small picture from zero to its highest, to be read on light and on dark ground. */
final class TrendsSvg {
    private static final int COLUMNS = 3;
    private static final int CELL_WIDTH = 300;
    private static final int CELL_HEIGHT = 96;
    private static final int PLOT_TOP = 34;
    private static final int PLOT_HEIGHT = 50;
    private static final int MARGIN = 12;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Series over time">
            <style>
            svg{background:#fff;font:11px system-ui,sans-serif} text{fill:#24292f} .steady{stroke:#0969da;fill:none}
            .grows{stroke:#cf222e;fill:none} .ground{stroke:#d0d7de}
            @media (prefers-color-scheme:dark){svg{background:#0d1117} text{fill:#e6edf3} .steady{stroke:#58a6ff}
            .grows{stroke:#f85149} .ground{stroke:#30363d}}
            </style>
            """;

    private TrendsSvg() {}

    static String of(List<Series> all) {
        int rows = (all.size() + COLUMNS - 1) / COLUMNS;
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, HEAD, COLUMNS * CELL_WIDTH, rows * CELL_HEIGHT + MARGIN));
        for (int i = 0; i < all.size(); i++) {
            cell(svg, all.get(i), i % COLUMNS * CELL_WIDTH, i / COLUMNS * CELL_HEIGHT);
        }
        return svg.append("</svg>").toString();
    }

    private static void cell(StringBuilder svg, Series series, int x, int y) {
        int ground = y + PLOT_TOP + PLOT_HEIGHT;
        double highest = highest(series);
        text(svg, x + MARGIN, y + 14, series.name());
        text(svg, x + MARGIN, y + 28, "highest " + series.text(highest));
        svg.append(String.format(
                "<line class=\"ground\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
                x + MARGIN, ground, x + CELL_WIDTH - MARGIN, ground));
        boolean grows = series.trend().verdict() == Trend.Verdict.GROWS;
        svg.append("<polyline class=\"").append(grows ? "grows" : "steady").append("\" points=\"");
        double seconds = series.points().isEmpty()
                ? 1
                : Math.max(1, series.points().get(series.points().size() - 1).seconds());
        for (Trend.Point point : series.points()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    x + MARGIN + point.seconds() / seconds * (CELL_WIDTH - 2 * MARGIN),
                    ground - point.value() / Math.max(1, highest) * PLOT_HEIGHT));
        }
        svg.append("\"/>\n");
    }

    private static double highest(Series series) {
        return series.points().stream().mapToDouble(Trend.Point::value).max().orElse(0);
    }

    private static void text(StringBuilder svg, int x, int y, String text) {
        svg.append(String.format(
                "<text x=\"%d\" y=\"%d\">%s</text>%n",
                x, y, text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
