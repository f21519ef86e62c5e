package io.millrace.benchmarks.scenario;

import org.jspecify.annotations.Nullable;

/**
 * Something that one turn has measured.
 *
 * @param what for a person; the same in each turn
 * @param goal what it should be, if that is said anywhere
 */
record Figure(
        String what, double value, String unit, @Nullable Goal goal) {
    static Figure of(String what, double value, String unit) {
        return new Figure(what, value, unit, null);
    }

    Figure with(Goal aim) {
        return new Figure(what, value, unit, aim);
    }
}
