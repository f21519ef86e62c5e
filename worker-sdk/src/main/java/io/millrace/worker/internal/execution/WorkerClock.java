package io.millrace.worker.internal.execution;

import java.time.Duration;

/** All the time that a worker knows. Thread-safe. */
public interface WorkerClock {
    /** The time of day, epoch milliseconds; may jump. */
    long wallMs();

    /** A time that only goes forward, in nanoseconds from an arbitrary point. */
    long nanos();

    /** Runs the task after the delay, never within this call; it must be short and must not block. */
    Timer schedule(Duration delay, Runnable task);

    /** Lets go of what the clock holds; no timer runs any more. */
    void close();

    /** A task that is to be run. */
    interface Timer {
        /** It is not to be run any more, unless it runs already. */
        void cancel();
    }
}
