package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.figures.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a series grows. It does if two measures, each of which a few outliers do not move, both say that it has grown by more than it may since
 * the warm-up: its slope (the median of the slopes of all pairs of points, by Theil and Sen) over all of that time, and the median of its last fifth
 * against that of its first fifth. What goes up and down with segments and retention, several times in a fifth of
 * the run, does not count.
 *
 * @param first the median of the first fifth after the warm-up
 * @param last the median of the last fifth
 * @param perHour the slope, for an hour
 * @param allowed how much it may grow in the time between
 */
record Trend(double first, double last, double perHour, double allowed, Verdict verdict) {
    /** The first part of a run, in which caches fill and compilers work: it is not judged. */
    static final double WARM_UP = 0.2;

    /** With fewer points than this nothing can be said. */
    private static final int FEWEST = 10;

    private static final double HOUR_SECONDS = 3_600;

    /** What is said of a series. */
    enum Verdict {
        /** It stays as it is, or shrinks. */
        STEADY,
        /** It grows, and must not. */
        GROWS,
        /** It is not judged. */
        SHOWN,
        /** The run was too short. */
        TOO_FEW
    }

    /** A value at a time, in seconds from the beginning. */
    record Point(double seconds, double value) {}

    /** That of a series, of which the first part is left out. */
    static Trend of(List<Point> all, Tolerance tolerance) {
        List<Point> points = afterWarmUp(all);
        if (points.size() < FEWEST) {
            double last = points.isEmpty()
                    ? Double.NaN
                    : points.get(points.size() - 1).value();
            return new Trend(last, last, 0, 0, tolerance.judged() ? Verdict.TOO_FEW : Verdict.SHOWN);
        }
        int fifth = points.size() / 5;
        double first = median(values(points.subList(0, fifth)));
        double last = median(values(points.subList(points.size() - fifth, points.size())));
        double slope = slope(points);
        double seconds = points.get(points.size() - 1).seconds() - points.get(0).seconds();
        double allowed = tolerance.allowed(median(values(points)));
        boolean grows = slope * seconds > allowed && last - first > allowed;
        Verdict verdict = !tolerance.judged() ? Verdict.SHOWN : grows ? Verdict.GROWS : Verdict.STEADY;
        return new Trend(first, last, slope * HOUR_SECONDS, allowed, verdict);
    }

    private static List<Point> afterWarmUp(List<Point> all) {
        if (all.isEmpty()) {
            return all;
        }
        double from = all.get(all.size() - 1).seconds() * WARM_UP;
        return all.stream().filter(point -> point.seconds() >= from).toList();
    }

    private static double slope(List<Point> points) {
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double seconds = points.get(j).seconds() - points.get(i).seconds();
                if (seconds > 0) {
                    slopes.add((points.get(j).value() - points.get(i).value()) / seconds);
                }
            }
        }
        return median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] values(List<Point> points) {
        return points.stream().mapToDouble(Point::value).toArray();
    }

    private static double median(double[] values) {
        return values.length == 0 ? 0 : Spread.median(values);
    }
}
