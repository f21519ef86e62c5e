package io.millrace.client.internal;

import io.millrace.client.StatusFollowing;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * How far one sink has come, partition by partition: those that the tail reads for it, and those in which it still catches up. Guarded by
 * the lock of its tail.
 */
final class StatusFollower implements StatusFollowing {
    final StatusSink sink;
    private final StatusTail tail;
    private final UUID log;
    private final long[] next;
    private final boolean[] live;
    private boolean over;

    StatusFollower(StatusTail tail, StatusSink sink, UUID log, long[] next) {
        this.tail = tail;
        this.sink = sink;
        this.log = log;
        this.next = next.clone();
        this.live = new boolean[next.length];
    }

    @Override
    public StatusPosition position() {
        return tail.positionOf(this);
    }

    @Override
    public void close() {
        tail.leave(this);
    }

    /** Whether it wants nothing more. */
    boolean isOver() {
        synchronized (tail) {
            return over;
        }
    }

    void setOver() {
        over = true;
    }

    /** Whether the tail has a record for it: what it has read while it caught up must not come again. */
    boolean takesFromTail(int partition, long offset) {
        return live[partition] && offset >= next[partition];
    }

    boolean isLive(int partition) {
        return live[partition];
    }

    boolean isAllLive() {
        return IntStream.range(0, live.length).allMatch(partition -> live[partition]);
    }

    void setLive(int partition) {
        live[partition] = true;
    }

    long next(int partition) {
        return next[partition];
    }

    void advance(int partition, long offset) {
        next[partition] = Math.max(next[partition], offset);
    }

    /** The place behind all that it was offered, where the tail has come to these offsets. */
    StatusPosition place(long[] tailNext) {
        return new StatusPosition(log, offsets(tailNext));
    }

    /** The same, once it was offered a record. */
    StatusPosition placeBehind(long[] tailNext, int partition, long offset) {
        long[] offsets = offsets(tailNext);
        offsets[partition] = Math.max(offsets[partition], offset + 1);
        return new StatusPosition(log, offsets);
    }

    private long[] offsets(long[] tailNext) {
        long[] offsets = next.clone();
        for (int partition = 0; partition < offsets.length; partition++) {
            if (live[partition]) {
                offsets[partition] = Math.max(offsets[partition], tailNext[partition]);
            }
        }
        return offsets;
    }
}
