package io.millrace.benchmarks.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts the workflows of the load, pipelined, and returns when the engine has accepted all of them. */
public final class Enqueuer {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    /** Due less than this ahead, a start is sent at once: parking for a shorter time costs more than it paces. */
    private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Batch batch;
    private final CommandPipe pipe;
    private final Watchdog watchdog;

    public Enqueuer(Batch batch, CommandPipe pipe, Watchdog watchdog) {
        this.batch = batch;
        this.pipe = pipe;
        this.watchdog = watchdog;
    }

    public void run() {
        long began = System.nanoTime();
        for (int index = 0; index < batch.workflows(); index++) {
            awaitTurn(index, began);
            pipe.startOfLoad(index, batch.starts().apply(index));
        }
        while (pipe.accepted() < batch.workflows()) {
            lookAgain();
        }
    }

    private void awaitTurn(int index, long began) {
        if (batch.rate().isPresent()) {
            long dueAt = began + batch.rate().get().dueNanos(index);
            while (dueAt - System.nanoTime() > AHEAD_NANOS) {
                LockSupport.parkNanos(dueAt - System.nanoTime());
            }
        }
        while (index - pipe.accepted() >= batch.inFlight()) {
            lookAgain();
        }
    }

    private void lookAgain() {
        watchdog.check(pipe.accepted());
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
}
