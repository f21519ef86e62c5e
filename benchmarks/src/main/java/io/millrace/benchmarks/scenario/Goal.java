package io.millrace.benchmarks.scenario;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param bound in the figure's unit
 * @param atMost whether it should be no more; otherwise it should be no less
 */
record Goal(double bound, boolean atMost) {
    static Goal atMost(double bound) {
        return new Goal(bound, true);
    }

    static Goal atLeast(double bound) {
        return new Goal(bound, false);
    }

    boolean isMet(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %,.4g", atMost ? "<=" : ">=", bound);
    }
}
