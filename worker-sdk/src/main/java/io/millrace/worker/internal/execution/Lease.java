package io.millrace.worker.internal.execution;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the engine still takes this worker for alive, judged by what the worker can know: when it sent the last heartbeat that was
 * acknowledged. The engine counts from when it read it, which is later. Thread-safe.
 */
final class Lease {
    private final WorkerClock clock;
    private final long lengthNanos;
    private final AtomicLong heldFrom;

    /** Held from now on, provisionally: the first heartbeat is not sent yet. */
    Lease(WorkerClock clock, long lengthNanos) {
        this.clock = clock;
        this.lengthNanos = lengthNanos;
        this.heldFrom = new AtomicLong(clock.nanos());
    }

    /** A heartbeat that was sent at this time is acknowledged. One that comes too late does not bring the lease back. */
    void renewed(long sentAtNanos) {
        if (held()) {
            heldFrom.accumulateAndGet(sentAtNanos, (a, b) -> b - a > 0 ? b : a);
        }
    }

    /** Whether it is held now. */
    boolean held() {
        return clock.nanos() - heldFrom.get() < lengthNanos;
    }
}
