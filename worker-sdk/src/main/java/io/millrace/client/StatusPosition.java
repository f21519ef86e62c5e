package io.millrace.client;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in the log of statuses: which log, and the next offset of each of its partitions. Callers see it as a string that means nothing
 * to them. Immutable.
 */
public final class StatusPosition {
    private static final byte VERSION = 1;

    /** More partitions than any engine has: a longer text is none of ours. */
    private static final int MAX_PARTITIONS = 10_000;

    private final UUID log;
    private final long[] next;

    /**
     * A place.
     *
     * @param log which log: another one of the same name has another id
     * @param next the offset of the first record of each partition that comes after the place
     */
    public StatusPosition(UUID log, long[] next) {
        this.log = log;
        this.next = next.clone();
    }

    /**
     * The place that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    public static StatusPosition parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.get() == VERSION) {
                UUID log = new UUID(bytes.getLong(), bytes.getLong());
                long partitions = readNumber(bytes);
                if (partitions >= 1 && partitions <= MAX_PARTITIONS) {
                    long[] next = new long[(int) partitions];
                    for (int partition = 0; partition < next.length; partition++) {
                        next[partition] = readNumber(bytes);
                    }
                    if (!bytes.hasRemaining()) {
                        return new StatusPosition(log, next);
                    }
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException notOurs) {
            throw new IllegalArgumentException("\"" + text + "\" is no position of status changes", notOurs);
        }
        throw new IllegalArgumentException("\"" + text + "\" is no position of status changes");
    }

    /** Which log. */
    public UUID log() {
        return log;
    }

    /** How many partitions it has. */
    public int partitions() {
        return next.length;
    }

    /** The offset of the first record of a partition that comes after this place. */
    public long next(int partition) {
        return next[partition];
    }

    /** All of them. */
    public long[] next() {
        return next.clone();
    }

    /** The later of two places of one log, partition by partition: behind all that is before either of them. */
    public StatusPosition orLater(StatusPosition other) {
        long[] later = next.clone();
        for (int partition = 0; partition < later.length; partition++) {
            later[partition] = Math.max(later[partition], other.next[partition]);
        }
        return new StatusPosition(log, later);
    }

    /** The text: URL-safe Base64 of a version, the log's id, and numbers of as many bytes as they need. */
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * Long.BYTES + (next.length + 1) * 10)
                .put(VERSION)
                .putLong(log.getMostSignificantBits())
                .putLong(log.getLeastSignificantBits());
        writeNumber(bytes, next.length);
        for (long offset : next) {
            writeNumber(bytes, offset);
        }
        byte[] used = Arrays.copyOf(bytes.array(), bytes.position());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }

    /** Seven bits in each byte, the lowest first; all but the last byte have the eighth bit set. */
    private static void writeNumber(ByteBuffer bytes, long number) {
        long left = number;
        while (left > 0x7f) {
            bytes.put((byte) (left | 0x80));
            left >>>= 7;
        }
        bytes.put((byte) left);
    }

    private static long readNumber(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
            byte part = bytes.get();
            number |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusPosition that && log.equals(that.log) && Arrays.equals(next, that.next);
    }

    @Override
    public int hashCode() {
        return 31 * log.hashCode() + Arrays.hashCode(next);
    }

    @Override
    public String toString() {
        return encode();
    }
}
