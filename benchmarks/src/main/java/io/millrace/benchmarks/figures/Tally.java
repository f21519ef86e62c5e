package io.millrace.benchmarks.figures;

import java.util.Arrays;

/**
 * Counts what happens, up to a known total, and when each second and each tenth of it was full. Times are those of {@link System#nanoTime}.
 * Thread-safe.
 */
public final class Tally {
    private static final int TENTHS = 10;
    private static final long SECOND = 1_000_000_000L;

    private final long total;
    private final long[] tenthEnds = new long[TENTHS];
    private int[] perSecond = new int[64];
    private long beganAt;
    private long lastAt;
    private boolean begun;
    private long count;

    public Tally(long total) {
        this.total = total;
    }

    /** From here on time is counted. */
    public synchronized void begin(long nanos) {
        begun = true;
        beganAt = nanos;
        lastAt = nanos;
    }

    /** One more. The first one begins, where nothing else did. */
    public synchronized void add(long nanos) {
        if (!begun) {
            begin(nanos);
        }
        lastAt = Math.max(lastAt, nanos);
        int second = (int) ((lastAt - beganAt) / SECOND);
        if (second >= perSecond.length) {
            perSecond = Arrays.copyOf(perSecond, 2 * second);
        }
        perSecond[second]++;
        count++;
        for (int tenth = tenthsFull(count - 1); tenth < tenthsFull(count); tenth++) {
            tenthEnds[tenth] = lastAt;
        }
    }

    /** When the time began that is counted. */
    public synchronized long beganAt() {
        return beganAt;
    }

    public synchronized long count() {
        return count;
    }

    /** What it comes to so far. */
    public synchronized Rates rates() {
        return new Rates(count, (lastAt - beganAt) / 1e9, medianSecond(), tenths());
    }

    private int tenthsFull(long reached) {
        return total == 0 ? 0 : (int) Math.min(TENTHS, reached * TENTHS / total);
    }

    /** Of the full seconds; of a shorter time, what it would be in a second. */
    private double medianSecond() {
        int full = (int) ((lastAt - beganAt) / SECOND);
        if (full == 0) {
            return lastAt == beganAt ? 0 : count * (double) SECOND / (lastAt - beganAt);
        }
        return Spread.median(Arrays.stream(perSecond, 0, full).asDoubleStream().toArray());
    }

    private double[] tenths() {
        int full = tenthsFull(count);
        double[] rates = new double[full];
        for (int tenth = 0; tenth < full; tenth++) {
            long from = tenth == 0 ? beganAt : tenthEnds[tenth - 1];
            long in = total * (tenth + 1) / TENTHS - total * tenth / TENTHS;
            rates[tenth] = in * (double) SECOND / Math.max(1, tenthEnds[tenth] - from);
        }
        return rates;
    }
}
