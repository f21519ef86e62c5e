package io.millrace.worker.internal.execution;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/**
 * Reports of credit that may wait a moment, so that one tells of all that has changed by then. One timer serves all partitions, and there
 * is none while no report is due. Thread-safe.
 *
 * <p>The moment costs next to nothing: what is told late is where the slots of a queue with limits go, and its partition hears of the end of a
 * workflow, which may let the next one begin, by way of the workflow's partition and a transaction there. That takes longer.
 */
final class LateReports {
    /** Short beside the transaction that goes on meanwhile, long beside what lies between two ends under load. */
    static final Duration DELAY = Duration.ofMillis(2);

    private static final int DUE = 1;
    private static final int NOT_DUE = 0;

    private final WorkerClock clock;
    private final IntConsumer report;
    private final AtomicIntegerArray due;
    private final AtomicBoolean armed = new AtomicBoolean();
    private volatile boolean stopped;

    /**
     * None is due.
     *
     * @param report sends the report of a partition, and calls {@link #isMade}
     */
    LateReports(int partitions, WorkerClock clock, IntConsumer report) {
        this.clock = clock;
        this.report = report;
        this.due = new AtomicIntegerArray(partitions);
    }

    /** There is something new to be told to this partition. To be called after the change. */
    void soon(int partition) {
        due.set(partition, DUE);
        if (armed.compareAndSet(false, true)) {
            clock.schedule(DELAY, this::makeDue);
        }
    }

    /** A report of this partition is about to be computed, and tells of everything up to now. */
    void isMade(int partition) {
        due.set(partition, NOT_DUE);
    }

    /** Nothing is told late any more: nothing is offered either, and the worker's farewell is to be its last word. */
    void stop() {
        stopped = true;
    }

    private void makeDue() {
        // Disarmed first: what becomes due from here on sets a timer of its own, and nothing is left without one.
        armed.set(false);
        for (int p = 0; p < due.length(); p++) {
            if (!stopped && due.get(p) == DUE) {
                report.accept(p);
            }
        }
    }
}
