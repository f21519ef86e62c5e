package io.millrace.engine.topology;

import java.time.Duration;

/**
 * Asks for a commit when the open transaction holds what others are to see: at once when somebody waits for it and the engine keeps up, else
 * when the commit interval is over. A transaction costs the same whether it holds one record or a thousand (some forty small writes at the
 * broker): the more there is to do, the longer the pause between two of them. What nobody sees, such as that time went by, is left to
 * Kafka Streams, which commits by itself from time to time.
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

        /** Somebody waits, and it was too soon after the last commit. */
        private boolean wanted;

        /** Something was sent that is not to be seen before the next commit. */
        private boolean sent;

        private void count(long nowMs) {
            counted++;
            if (nowMs - countedSinceMs >= COUNTED_MS) {
                perSecond = counted * 1_000 / (nowMs - countedSinceMs);
                countedSinceMs = nowMs;
                counted = 0;
            }
        }

        private boolean isDue(long nowMs, long intervalMs) {
            if (!wanted && !sent) {
                return false;
            }
            long sinceMs = nowMs - lastAskedAtMs;
            long pauseMs = Math.max(MIN_PAUSE_MS, perSecond / RECORDS_FOR_PAUSE);
            // A clock that was set back must not hold up commits until it is as late again.
            return sinceMs < 0 || sinceMs >= (wanted ? Math.min(pauseMs, intervalMs) : intervalMs);
        }
    }

    /**
     * For one partition.
     *
     * @param commit asks Kafka Streams to end the transaction
     * @param interval how long what was sent stays in it at most
     */
    CommitPacer(Runnable commit, Duration interval) {
        this.commit = commit;
        this.intervalMs = interval.toMillis();
    }

    /** The open transaction holds something that others read. */
    void sent() {
        PACE.get().sent = true;
    }

    /**
     * Somebody waits for what the engine has just done.
     *
     * @param sentAtMs when the record was sent that it came from
     * @param nowMs the time now
     */
    void someoneWaits(long sentAtMs, long nowMs) {
        askIfFresh(sentAtMs, nowMs, FRESH_MS);
    }

    /** As {@link #someoneWaits}, for what another partition's engine has sent. */
    void someoneWaitsForTransfer(long sentAtMs, long nowMs) {
        askIfFresh(sentAtMs, nowMs, FRESH_TRANSFER_MS);
    }

    /** Time goes by: who waits, and was too soon, waits no longer. */
    void tick(long nowMs) {
        askIfDue(PACE.get(), nowMs);
    }

    private void askIfFresh(long sentAtMs, long nowMs, long freshMs) {
        Pace pace = PACE.get();
        pace.count(nowMs);
        if (nowMs - sentAtMs <= freshMs) {
            pace.wanted = true;
        }
        askIfDue(pace, nowMs);
    }

    private void askIfDue(Pace pace, long nowMs) {
        if (pace.isDue(nowMs, intervalMs)) {
            pace.lastAskedAtMs = nowMs;
            pace.wanted = false;
            pace.sent = false;
            commit.run();
        }
    }
}
