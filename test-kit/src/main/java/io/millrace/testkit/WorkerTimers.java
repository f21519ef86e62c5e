package io.millrace.testkit;

import io.millrace.worker.internal.execution.WorkerClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The clock of one worker process. Its time of day is the kit's; its monotonic time stands still, as it does on a machine that
 * sleeps, so a lease does not lapse by time: a worker is lost when the test says so, and a month passes without a million heartbeats.
 */
final class WorkerTimers implements WorkerClock {
    private final VirtualClock clock;
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
    private long numbers;

    private record Due(long atMs, long number, Runnable task) {}

    WorkerTimers(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public long wallMs() {
        return clock.millis();
    }

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(clock.millis() + delay.toMillis(), ++numbers, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public void close() {
        timers.clear();
    }

    /** When the next one is due; never, if there is none. */
    long nextAtMs() {
        Due next = timers.peek();
        return next == null ? Long.MAX_VALUE : next.atMs();
    }

    /** Runs what is due, or overdue, once. */
    void runDue() {
        while (nextAtMs() <= clock.millis()) {
            timers.remove().task().run();
        }
    }
}
