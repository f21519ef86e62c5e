package io.millrace.benchmarks.soak;

import java.util.List;
import java.util.Locale;

/**
 * Something that was looked at again and again.
 *
 * @param name what, for a person
 * @param unit of its values
 * @param tolerance how much it may grow
 * @param points in order of time
 */
record Series(String name, Unit unit, Tolerance tolerance, List<Trend.Point> points) {
    private static final double MB = 1 << 20;

    /** What values count. */
    enum Unit {
        BYTES,
        COUNT
    }

    Series {
        points = List.copyOf(points);
    }

    Trend trend() {
        return Trend.of(points, tolerance);
    }

    /** A value for a person. */
    String text(double value) {
        return unit == Unit.BYTES
                ? String.format(Locale.ROOT, "%,.1f MB", value / MB)
                : String.format(Locale.ROOT, "%,.0f", value);
    }
}
