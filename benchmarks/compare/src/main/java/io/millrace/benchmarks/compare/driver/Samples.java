package io.millrace.benchmarks.compare.driver;

import java.util.Arrays;

/** Durations in nanoseconds. */
record Samples(long[] nanos) {
    private static final double NANOS_PER_MS = 1e6;

    Samples {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    /** The smallest value that so many percent are not above, in milliseconds. */
    double percentileMs(double percent) {
        int rank = (int) Math.ceil(percent / 100 * nanos.length);
        return nanos[Math.max(0, rank - 1)] / NANOS_PER_MS;
    }
}
