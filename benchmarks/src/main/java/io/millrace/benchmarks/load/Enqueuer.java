package io.millrace.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts the workflows of the load, pipelined, and returns when the engine has accepted all of them. */
final class Enqueuer {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    /** Due less than this ahead, a start is sent at once: parking for a shorter time costs more than it paces. */
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final LoadPlan plan;
    private final CommandPipe pipe;
    private final Starts starts;
    private final Watchdog watchdog;

    Enqueuer(LoadPlan plan, CommandPipe pipe, Watchdog watchdog) {
        this.plan = plan;
        this.pipe = pipe;
        this.starts = new Starts(plan);
        this.watchdog = watchdog;
    }

    void run() {
        long began = System.nanoTime();
        for (int index = 0; index < plan.workflows(); index++) {
            awaitTurn(index, began);
            pipe.startOfLoad(index, starts.ofLoad(index));
        }
        while (pipe.accepted() < plan.workflows()) {
            lookAgain();
        }
    }

    private void awaitTurn(int index, long began) {
        if (plan.rate().isPresent()) {
            long dueAt = began + plan.rate().get().dueNanos(index);
            while (dueAt - System.nanoTime() > AHEAD_NANOS) {
                LockSupport.parkNanos(dueAt - System.nanoTime());
            }
        }
        while (index - pipe.accepted() >= plan.options().inFlight) {
            lookAgain();
        }
    }

    private void lookAgain() {
        watchdog.check(pipe.accepted());
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
}
