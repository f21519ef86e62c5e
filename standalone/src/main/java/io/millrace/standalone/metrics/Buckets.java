package io.millrace.standalone.metrics;

/** The upper bounds of histograms, in seconds: few, since each is a series for every label value. */
final class Buckets {
    /** From the shortest way through the engine to where somebody has to look. */
    static final double[] WAITS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300};

    /** Steps: calls of other systems, as a rule. */
    static final double[] STEPS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800};

    /** Workflows: from a few steps to something that waits for people. */
    static final double[] WORKFLOWS = {0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400};

    private static final double MS_PER_SECOND = 1_000;

    private Buckets() {}

    static double seconds(long ms) {
        return ms / MS_PER_SECOND;
    }
}
