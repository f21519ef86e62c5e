package io.millrace.client.internal;

import java.util.UUID;

/**
 * Ids that begin with the time: UUIDs of version 7 (RFC 9562, section 5.7). They are as unlikely to be made twice as random ones (74 bits are), and
 * those that are made one after the other are neighbours in the engine's stores, where a random one costs several times as much to put in.
 */
public final class GeneratedId {
    private static final int TIME_SHIFT = 16;
    private static final long VERSION = 7L << 12;
    private static final long RANDOM_BITS = 0xFFF;

    private GeneratedId() {}

    /** A new one. */
    public static String next() {
        return at(System.currentTimeMillis(), UUID.randomUUID()).toString();
    }

    /** With the time in the first 48 bits, in epoch milliseconds, and the rest as in a random one. */
    static UUID at(long atMs, UUID random) {
        long most = atMs << TIME_SHIFT | VERSION | random.getMostSignificantBits() & RANDOM_BITS;
        return new UUID(most, random.getLeastSignificantBits());
    }
}
