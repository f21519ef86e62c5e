package io.millrace.benchmarks.compare;

import java.util.Locale;

/** What is compared. */
enum Work {
    /** Workflows of one step per second, at the number of callers that gets most. */
    ONE_STEP,
    /** The same with five steps. */
    FIVE_STEPS,
    /** Start to result of one step, one caller. */
    LATENCY,
    /** What one more step costs one caller. */
    STEP,
    /** How fast what was enqueued before is worked off. */
    DRAIN;

    /** As on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }
}
