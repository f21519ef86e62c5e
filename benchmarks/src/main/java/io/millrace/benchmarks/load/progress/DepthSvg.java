package io.millrace.benchmarks.load.progress;

import io.millrace.benchmarks.figures.Axis;
import java.util.Locale;

/** The depth over time, as a picture that can be read on light and on dark ground. */
public final class DepthSvg {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int TOP = 40;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 30;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - 60;

    /** As many points as there are pixels would not show more. */
    private static final int COLUMNS = 365;

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Depth of the queue over time">
            <style>
            svg{background:#fff;font:13px system-ui,sans-serif} text{fill:#24292f} .grid{stroke:#d0d7de}
            .area{fill:#0969da;fill-opacity:.15;stroke:#0969da;stroke-width:2} .mark{stroke:#9a6700;stroke-dasharray:4 3}
            .note{fill:#9a6700;font-size:11px}
            @media (prefers-color-scheme:dark){svg{background:#0d1117} text{fill:#e6edf3} .grid{stroke:#30363d}
            .area{fill:#58a6ff;stroke:#58a6ff} .mark{stroke:#d29922} .note{fill:#d29922}}
            </style>
            """;

    private final Depth depth;
    private final double highest;
    private final double seconds;
    private final StringBuilder svg = new StringBuilder();

    private DepthSvg(Depth depth) {
        this.depth = depth;
        this.highest = Math.max(1, depth.highest());
        this.seconds = Math.max(1e-3, depth.seconds());
    }

    /** An SVG document. */
    public static String of(Depth depth) {
        DepthSvg picture = new DepthSvg(depth);
        picture.svg.append(String.format(Locale.ROOT, HEAD, WIDTH, HEIGHT));
        picture.axes();
        picture.area();
        picture.marks();
        return picture.svg.append("</svg>").toString();
    }

    private void axes() {
        for (double tick : Axis.ticks(highest, 5)) {
            line("grid", LEFT, y(tick), LEFT + PLOT_WIDTH, y(tick));
            text("", "end", LEFT - 8, y(tick) + 4, Axis.count(tick));
        }
        for (double tick : Axis.ticks(seconds, 8)) {
            line("grid", x(tick), TOP + PLOT_HEIGHT, x(tick), TOP + PLOT_HEIGHT + 5);
            text("", "middle", x(tick), TOP + PLOT_HEIGHT + 20, Axis.time(tick));
        }
        text("", "start", 8, 20, "depth (workflows accepted and not ended)");
        text("", "middle", LEFT + PLOT_WIDTH / 2.0, HEIGHT - 12, "time since the first start");
    }

    private void area() {
        long[] columns = depth.columns(COLUMNS);
        StringBuilder points = new StringBuilder(point(0, 0));
        for (int i = 0; i < columns.length; i++) {
            points.append(' ').append(point(seconds * i / (columns.length - 1), columns[i]));
        }
        points.append(' ').append(point(seconds, 0));
        svg.append("<polygon class=\"area\" points=\"").append(points).append("\"/>\n");
    }

    private void marks() {
        int row = 0;
        for (Depth.Mark mark : depth.marks()) {
            double x = x(mark.seconds());
            line("mark", x, TOP, x, TOP + PLOT_HEIGHT);
            boolean right = x > LEFT + PLOT_WIDTH * 0.7;
            // One below the other, so that those at about the same time can be told apart.
            double y = TOP + 12 + 14 * (row++ % 8);
            text("note", right ? "end" : "start", right ? x - 4 : x + 4, y, mark.what());
        }
    }

    private double x(double second) {
        return LEFT + second / seconds * PLOT_WIDTH;
    }

    private double y(double value) {
        return TOP + PLOT_HEIGHT - value / highest * PLOT_HEIGHT;
    }

    private String point(double second, double value) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x(second), y(value));
    }

    private void line(String kind, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                kind,
                x1,
                y1,
                x2,
                y2));
    }

    private void text(String kind, String anchor, double x, double y, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                kind,
                anchor,
                x,
                y,
                escaped));
    }
}
