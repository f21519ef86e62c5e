package io.millrace.benchmarks.load.progress;

import java.util.ArrayList;
import java.util.List;

/**
 * How many workflows were accepted and had not ended, over time.
 *
 * @param points in order of time
 * @param marks what happened meanwhile
 */
public record Depth(List<Point> points, List<Mark> marks) {
    /** The depth at a moment, in seconds from the beginning. */
    public record Point(double seconds, long depth) {}

    /** Something that happened. */
    public record Mark(double seconds, String what) {}

    /** Copies its lists. */
    public Depth {
        points = List.copyOf(points);
        marks = List.copyOf(marks);
    }

    /** How long it was looked at. */
    public double seconds() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1).seconds();
    }

    /** The highest of all points. */
    public long highest() {
        return points.stream().mapToLong(Point::depth).max().orElse(0);
    }

    /** The highest depth in each of so many equal parts of the time; where none was taken, that of the part before. */
    long[] columns(int number) {
        long[] columns = new long[number];
        boolean[] taken = new boolean[number];
        for (Point point : points) {
            int column = (int) Math.min(number - 1, point.seconds() / Math.max(1e-9, seconds()) * number);
            columns[column] = taken[column] ? Math.max(columns[column], point.depth()) : point.depth();
            taken[column] = true;
        }
        for (int column = 1; column < number; column++) {
            columns[column] = taken[column] ? columns[column] : columns[column - 1];
        }
        return columns;
    }

    /** Collects one. Thread-safe. */
    public static final class Recorder {
        private final long beganAt;
        private final List<Point> points = new ArrayList<>();
        private final List<Mark> marks = new ArrayList<>();

        /** For a time that begins at this {@link System#nanoTime}. */
        public Recorder(long beganAtNanos) {
            this.beganAt = beganAtNanos;
        }

        /** What the depth is at a moment. */
        public synchronized void depth(long nanos, long depth) {
            points.add(new Point((nanos - beganAt) / 1e9, depth));
        }

        /** What happens at a moment. */
        public synchronized void mark(long nanos, String what) {
            marks.add(new Mark((nanos - beganAt) / 1e9, what));
        }

        /** All of it so far. */
        public synchronized Depth depth() {
            return new Depth(points, marks);
        }
    }
}
