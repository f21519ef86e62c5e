package io.millrace.engine.topology;

import io.millrace.engine.store.TimerStore;
import java.util.List;

/**
 * Which timers fire in a tick. Where more are due than fit into one, as when a million sleep until the same moment, they have every other window of
 * time, and what comes in has those between: else a cancel would wait until all of them have fired. All partitions of a thread have the same windows,
 * because what fires in one keeps the inputs of the others waiting.
 */
final class DueTimers {
    /** In milliseconds; long enough for several ticks. */
    private static final long WINDOW_MS = 32;

    private final TimerStore timers;
    private final int mostPerTick;
    private boolean behind;

    DueTimers(TimerStore timers, int mostPerTick) {
        this.timers = timers;
        this.mostPerTick = mostPerTick;
    }

    /** Those that are to fire now, in order. They stay due until the state they belong to has changed. */
    List<TimerStore.Timer> at(long nowMs) {
        if (behind && nowMs / WINDOW_MS % 2 != 0) {
            return List.of();
        }
        List<TimerStore.Timer> due = timers.dueAt(nowMs, mostPerTick);
        behind = due.size() == mostPerTick;
        return due;
    }
}
