package io.millrace.benchmarks.compare;

import java.util.List;

/**
 * How much is done. Durations in milliseconds.
 *
 * @param turns how often each system has its turn
 * @param callers the numbers of callers tried before the first turn
 * @param warmUpMs before anything is measured, in each process that calls
 * @param tryMs for each number of callers, when the best is looked for
 * @param rateMs for each rate of a turn
 * @param latencyMs for each median of a turn, or longer until there are a few values
 * @param backlog how many workflows are drained
 */
record Scale(int turns, List<Integer> callers, int warmUpMs, int tryMs, int rateMs, int latencyMs, int backlog) {
    /** A figure that can be relied on needs its spread; fewer turns show none. And while a young process compiles itself, it does half of what it can. */
    static final Scale FULL = new Scale(5, List.of(1, 16, 64, 256, 1_024, 2_048), 30_000, 1_000, 3_000, 2_000, 10_000);

    /** Proves that everything runs; its figures say little. */
    static final Scale QUICK = new Scale(1, List.of(16, 256), 1_000, 500, 1_000, 500, 500);

    /** The same with other turns and callers. */
    Scale with(int newTurns, List<Integer> newCallers) {
        return new Scale(newTurns, newCallers, warmUpMs, tryMs, rateMs, latencyMs, backlog);
    }

    /** The same with another time to warm up. */
    Scale warmedFor(int millis) {
        return new Scale(turns, callers, millis, tryMs, rateMs, latencyMs, backlog);
    }
}
