package io.millrace.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The time as it goes by for whoever waits without a thread; moved by hand in tests. */
interface Timing {
    /** The system's own. */
    Timing SYSTEM = new Timing() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void after(Duration pause, Runnable action) {
            CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(action);
        }
    };

    /** Nanoseconds from an arbitrary origin; only differences mean something. */
    long nanos();

    /** Runs the action once, when the pause is over. The action must not block. */
    void after(Duration pause, Runnable action);
}
