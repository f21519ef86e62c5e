package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.LimitExceededException;
import io.millrace.client.MillraceException;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.StatusSink.Ending;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the log of statuses, read by one thread for all who follow it. Thread-safe.
 *
 * <p>Whoever follows from an older place on catches up with a reader of its own, and goes over to the tail partition by partition, each at
 * a moment when it has read as much of it as the tail, or more. What it has read beyond that the tail does not give it again, so there is
 * neither a gap nor anything twice.
 */
final class StatusTail {
    /** Each costs a look at every status that is read; a process that needs more of them is to share some. */
    static final int MAX_FOLLOWERS = 1_000;

    /**
     * How many records a follower may be behind when it begins to go over. While it has partitions left to catch up with, what the tail reads
     * in the others waits in its buffer, which has room for many more.
     */
    static final long NEAR = 500;

    private static final Logger LOG = LoggerFactory.getLogger(StatusTail.class);

    private final List<StatusFollower> followers = new CopyOnWriteArrayList<>();
    private final long[] next;
    private @Nullable UUID log;
    private boolean toBeginAgain;
    private boolean closed;

    /** A tail that has read up to these offsets. */
    StatusTail(long[] next) {
        this.next = next.clone();
    }

    /**
     * To be called with each look at what the log is: those who follow another one of its name follow nothing any more.
     *
     * @return a follower, from a place in the log or from where the tail is
     * @throws EngineUnavailableException while the tail is somewhere in the log that was there before this one
     */
    synchronized StatusFollower join(UUID log, long @Nullable [] from, StatusSink sink) {
        if (closed) {
            throw new MillraceException("the client was closed");
        }
        lookAt(log);
        if (followers.size() >= MAX_FOLLOWERS) {
            throw new LimitExceededException(
                    "the number of subscriptions to status changes",
                    followers.size() + 1L,
                    MAX_FOLLOWERS,
                    "subscriptions");
        }
        StatusFollower follower = new StatusFollower(this, sink, log, from == null ? next : from);
        followers.add(follower);
        goLive(follower);
        return follower;
    }

    private void lookAt(UUID found) {
        if (log != null && !log.equals(found)) {
            // The tail's offsets are those of the old log, and say nothing about the new one.
            toBeginAgain = true;
            endAll(Ending.LOG_REPLACED);
        }
        log = found;
        if (toBeginAgain) {
            throw new EngineUnavailableException(
                    "the log of statuses was made anew, and is about to be read from its beginning: try again", null);
        }
    }

    /** Whether the log is another one than before: its reader is to go to its beginning, and to say so by {@link #beginAgain}. */
    synchronized boolean isToBeginAgain() {
        return toBeginAgain;
    }

    /** The reader has gone to the beginning of the log, which is at these offsets. */
    synchronized void beginAgain(long[] beginning) {
        System.arraycopy(beginning, 0, next, 0, next.length);
        toBeginAgain = false;
    }

    /** Gives a record to all who want it, and moves on behind it. */
    synchronized void onRecord(StatusRecord record) {
        int partition = record.partition();
        long offset = record.offset();
        if (offset < next[partition]) {
            onLost(partition, offset);
        }
        next[partition] = offset + 1;
        for (StatusFollower follower : followers) {
            if (follower.takesFromTail(partition, offset)) {
                follower.advance(partition, offset + 1);
                offer(follower, record);
            }
        }
    }

    private void offer(StatusFollower follower, StatusRecord record) {
        if (record.isWantedBy(follower.sink)
                && !follower.sink.offer(record.entry(follower.place(next)), Duration.ZERO)) {
            end(follower, Ending.NO_ROOM, null);
        }
    }

    /** To be called after a poll: where nothing is left, the reader may stand behind the last record. */
    synchronized void onPolled(int partition, long position) {
        if (position < next[partition]) {
            onLost(partition, position);
        }
        next[partition] = position;
    }

    /** A follower that catches up has read so far. */
    synchronized void onCaughtUpTo(StatusFollower follower, int partition, long offset) {
        follower.advance(partition, offset);
    }

    /** Whether a follower that catches up has come further than this already. */
    synchronized boolean isPast(StatusFollower follower, int partition, long offset) {
        return offset < follower.next(partition);
    }

    /** Whether the tail reads a partition for a follower. */
    synchronized boolean isLive(StatusFollower follower, int partition) {
        return follower.isLive(partition);
    }

    /** The place of one who catches up, behind a record that it is about to take. */
    synchronized StatusPosition placeBehind(StatusFollower follower, int partition, long offset) {
        return follower.placeBehind(next, partition, offset);
    }

    /**
     * Lets the tail read for a follower wherever it has come as far, if it is near everywhere.
     *
     * @return whether the tail reads everything for it now
     */
    synchronized boolean goLive(StatusFollower follower) {
        long behind = 0;
        for (int partition = 0; partition < next.length; partition++) {
            if (!follower.isLive(partition)) {
                behind += Math.max(0, next[partition] - follower.next(partition));
            }
        }
        if (behind <= NEAR) {
            for (int partition = 0; partition < next.length; partition++) {
                if (follower.next(partition) >= next[partition]) {
                    follower.setLive(partition);
                }
            }
        }
        return follower.isAllLive();
    }

    synchronized StatusPosition positionOf(StatusFollower follower) {
        return follower.place(next);
    }

    /** Gives a follower nothing more. */
    synchronized void leave(StatusFollower follower) {
        follower.setOver();
        followers.remove(follower);
    }

    /** Gives a follower nothing more, and tells its sink why; unless it has left. */
    void end(StatusFollower follower, Ending ending, @Nullable Throwable cause) {
        boolean wasThere;
        synchronized (this) {
            wasThere = !follower.isOver();
            leave(follower);
        }
        if (wasThere) {
            follower.sink.end(ending, cause);
        }
    }

    /** Ends all, and takes no others. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        endAll(Ending.CLOSED);
    }

    private void onLost(int partition, long offset) {
        LOG.warn(
                "partition {} of the log of statuses goes on at offset {}, which it had passed: it was made anew, or has lost its end",
                partition,
                offset);
        endAll(Ending.LOG_REPLACED);
    }

    private void endAll(Ending ending) {
        followers.forEach(follower -> end(follower, ending, null));
    }
}
