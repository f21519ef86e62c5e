package io.millrace.engine.topology;

/**
 * Gives out places in queues, and tickets: each is higher than the one before. It follows the clock, so that places are so after a restart, too, but
 * for a difference between clocks; a queue's home goes by tickets, so what was given out as one is gone on from.
 */
final class QueueOrder {
    private static final long PLACES_PER_MS = 1_000;

    private long last;

    /** When a place was given out, epoch milliseconds; no earlier than it says where places were given out faster than time went by. */
    static long atMs(long order) {
        return order / PLACES_PER_MS;
    }

    /** All that is given out from now on is higher than this. */
    void startBehind(long given) {
        last = Math.max(last, given);
    }

    long next(long atMs) {
        last = Math.max(last + 1, atMs * PLACES_PER_MS);
        return last;
    }
}
