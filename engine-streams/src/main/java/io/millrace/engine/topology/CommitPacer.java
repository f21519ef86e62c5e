package io.millrace.engine.topology;

import java.time.Duration;

/**
 * Asks for a commit when the open transaction holds what others are to see. What somebody waits for is committed at once if the engine keeps up, else
 * when the commit interval is over; what is only published, such as a status that has changed, may stay four times as long. A transaction costs the
 * same whether it holds one record or a thousand (some forty small writes at the broker): the more there is to do, the longer the pause between two
 * of them. What nobody sees, such as that time went by, is left to Kafka Streams, which commits by itself from time to time.
 */
final class CommitPacer {
    /** Records that have waited longer than this before the engine took them show that it is behind, in milliseconds. */
    private static final long FRESH_MS = 10;

    /** The same for records that an engine has sent: nobody can take them before the transaction is committed that they are in. */
    private static final long FRESH_TRANSFER_MS = 50;

    /** The shortest time between two early commits, in milliseconds: when little is going on. */
    private static final long MIN_PAUSE_MS = 2;

    /** Records in a second by which the pause grows by a millisecond: it is the shortest up to 160 a second, and 25 ms from 2,000 on. */
    private static final long RECORDS_FOR_PAUSE = 80;

    /** So many commit intervals pass until a commit for which nobody is known to wait. */
    private static final long INTERVALS_WHEN_PUBLISHED = 4;

    /** All partitions that a thread runs are in one transaction, so a commit for one is a commit for all. */
    private static final ThreadLocal<Pace> PACE = ThreadLocal.withInitial(Pace::new);

    private final Runnable commit;
    private final long intervalMs;

    /** What a thread does, and how often it commits early. */
    private static final class Pace {
        /** Over so long what is done is counted, in milliseconds. */
        private static final long COUNTED_MS = 100;

        private long lastAskedAtMs = Long.MIN_VALUE / 2;
        private long countedSinceMs;
        private long counted;
        private long perSecond;

        /** Something was published that is not to be seen before the next commit. */
        private boolean published;

        /** The same for what somebody waits for. */
        private boolean delivered;

        /** Somebody waits whom the engine can still serve at once, but it was too soon after the last commit. */
        private boolean fresh;

        private void count(long nowMs) {
            counted++;
            if (nowMs - countedSinceMs >= COUNTED_MS) {
                perSecond = counted * 1_000 / (nowMs - countedSinceMs);
                countedSinceMs = nowMs;
                counted = 0;
            }
        }

        private boolean isDue(long nowMs, long intervalMs) {
            if (!published && !delivered) {
                return false;
            }
            long sinceMs = nowMs - lastAskedAtMs;
            // A clock that was set back must not hold up commits until it is as late again.
            return sinceMs < 0 || sinceMs >= leastMs(intervalMs);
        }

        private long leastMs(long intervalMs) {
            if (!delivered) {
                return intervalMs * INTERVALS_WHEN_PUBLISHED;
            }
            long pauseMs = Math.max(MIN_PAUSE_MS, perSecond / RECORDS_FOR_PAUSE);
            return fresh ? Math.min(pauseMs, intervalMs) : intervalMs;
        }
    }

    /**
     * For one partition.
     *
     * @param commit asks Kafka Streams to end the transaction
     * @param interval how long what somebody waits for stays in it at most
     */
    CommitPacer(Runnable commit, Duration interval) {
        this.commit = commit;
        this.intervalMs = interval.toMillis();
    }

    /** The open transaction holds something that others read, and do not wait for. */
    void published() {
        PACE.get().published = true;
    }

    /** The open transaction holds something that somebody waits for. */
    void delivered() {
        PACE.get().delivered = true;
    }

    /**
     * A record was taken, and what comes of it is in the open transaction.
     *
     * @param sentAtMs when the record was sent
     * @param nowMs the time now
     */
    void taken(long sentAtMs, long nowMs) {
        taken(sentAtMs, nowMs, FRESH_MS);
    }

    /** As {@link #taken}, for what another partition's engine has sent. */
    void transferTaken(long sentAtMs, long nowMs) {
        taken(sentAtMs, nowMs, FRESH_TRANSFER_MS);
    }

    /** Time goes by: who waits, and was too soon, waits no longer. */
    void tick(long nowMs) {
        askIfDue(PACE.get(), nowMs);
    }

    private void taken(long sentAtMs, long nowMs, long freshMs) {
        Pace pace = PACE.get();
        pace.count(nowMs);
        if (pace.delivered && nowMs - sentAtMs <= freshMs) {
            pace.fresh = true;
        }
        askIfDue(pace, nowMs);
    }

    private void askIfDue(Pace pace, long nowMs) {
        if (pace.isDue(nowMs, intervalMs)) {
            pace.lastAskedAtMs = nowMs;
            pace.published = false;
            pace.delivered = false;
            pace.fresh = false;
            commit.run();
        }
    }
}
