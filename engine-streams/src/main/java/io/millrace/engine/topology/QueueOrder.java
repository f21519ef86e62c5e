package io.millrace.engine.topology;

/** Gives out places in queues: each is higher than the one before, also after a restart, because it follows the clock. */
final class QueueOrder {
    private static final long PLACES_PER_MS = 1_000;

    private long last;

    long next(long atMs) {
        last = Math.max(last + 1, atMs * PLACES_PER_MS);
        return last;
    }
}
