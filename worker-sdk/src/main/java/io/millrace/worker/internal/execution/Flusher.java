package io.millrace.worker.internal.execution;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends facts that no side effect sends, at the latest after {@link #DELAY}. One timer serves all executions, and there is none
 * while no fact waits.
 */
final class Flusher {
    /** The protocol allows 5 ms; the rest is for the timer's own lateness. */
    static final Duration DELAY = Duration.ofMillis(3);

    private final WorkerClock clock;
    private final Queue<Outbox> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    Flusher(WorkerClock clock) {
        this.clock = clock;
    }

    /** This outbox has got the first fact since it was sent last. */
    void willSend(Outbox outbox) {
        waiting.add(outbox);
        if (armed.compareAndSet(false, true)) {
            clock.schedule(DELAY, this::flush);
        }
    }

    private void flush() {
        // Disarmed first: what arrives from here on sets a timer of its own, and nothing is left without one.
        armed.set(false);
        for (Outbox outbox = waiting.poll(); outbox != null; outbox = waiting.poll()) {
            outbox.flushIfOpen();
        }
    }
}
