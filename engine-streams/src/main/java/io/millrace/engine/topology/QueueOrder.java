package io.millrace.engine.topology;

/** Gives out places in queues: each is higher than the one before, also after a restart, because it follows the clock. */
final class QueueOrder {
    private static final long PLACES_PER_MS = 1_000;

    private long last;

    /** When a place was given out, epoch milliseconds; no earlier than it says where places were given out faster than time went by. */
    static long atMs(long order) {
        return order / PLACES_PER_MS;
    }

    long next(long atMs) {
        last = Math.max(last + 1, atMs * PLACES_PER_MS);
        return last;
    }
}
