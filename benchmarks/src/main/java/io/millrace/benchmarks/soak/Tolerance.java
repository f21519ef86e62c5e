package io.millrace.benchmarks.soak;

/**
 * How much a series may grow from the end of the warm-up to the end of the run: what comes and goes is never quite the same.
 *
 * @param part of its middle value
 * @param least so much is never too much
 * @param judged whether more than that is a failure; otherwise it is shown alone
 */
record Tolerance(double part, double least, boolean judged) {
    private static final double MB = 1 << 20;

    /** What is reachable when garbage has just been collected. */
    static final Tolerance HEAP = new Tolerance(0.10, 8 * MB, true);

    /** Heaps, stacks and caches together: pages come back to the system late, or never. */
    static final Tolerance RESIDENT = new Tolerance(0.10, 32 * MB, true);

    static final Tolerance THREADS = new Tolerance(0.05, 4, true);

    /** A broker has files open for each segment, and segments come and go. */
    static final Tolerance OPEN_FILES = new Tolerance(0.10, 24, true);

    /** What is on disk: segments and tables go as a whole, or not at all. */
    static final Tolerance DISK = new Tolerance(0.20, 24 * MB, true);

    /** How many workflows there are hangs on how many were started lately. */
    static final Tolerance WORKFLOWS = new Tolerance(0.20, 1_000, true);

    /** The engine has a name for each of its threads, and no others. */
    static final Tolerance TRANSACTIONAL_IDS = new Tolerance(0, 2, true);

    /** To be looked at, and not to be judged. */
    static final Tolerance SHOWN = new Tolerance(0, 0, false);

    /** The same, shown alone. */
    Tolerance unjudged() {
        return new Tolerance(part, least, false);
    }

    double allowed(double middle) {
        return Math.max(least, part * middle);
    }
}
