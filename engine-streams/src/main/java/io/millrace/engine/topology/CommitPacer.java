package io.millrace.engine.topology;

import java.util.concurrent.TimeUnit;

/**
 * Asks for an early commit when somebody waits for what is in the open transaction and the engine keeps up. A transaction costs the
 * same whether it holds one record or a thousand: an engine that has fallen behind must commit seldom, or it falls behind further.
 */
final class CommitPacer {
    /** Records that have waited longer than this before the engine took them show that it is behind, in milliseconds. */
    private static final long FRESH_MS = 10;

    /** The same for records that an engine has sent: nobody can take them before the transaction is committed that they are in. */
    private static final long FRESH_TRANSFER_MS = 50;

    /** The shortest time between two early commits, in milliseconds. */
    private static final long MIN_PAUSE_MS = 10;

    /** The longest: then commits come by themselves. */
    private static final long MAX_PAUSE_MS = 25;

    /** All partitions that a thread runs are in one transaction, so a commit for one is a commit for all. */
    private static final ThreadLocal<Pace> PACE = ThreadLocal.withInitial(Pace::new);

    private final Runnable commit;

    /** How often a thread commits early. */
    private static final class Pace {
        private long lastAskedAtMs = Long.MIN_VALUE / 2;
        private long askedAtNanos;

        /** What a commit takes, from the question to the next thing that is done; smoothed. */
        private long costNanos;

        /** Somebody waits, and it was too soon after the last commit. */
        private boolean wanted;

        private boolean isOver(long nowMs) {
            // A third of the time, at most, goes into commits that are early.
            long pauseMs = TimeUnit.NANOSECONDS.toMillis(costNanos + costNanos / 2);
            return nowMs - lastAskedAtMs >= Math.max(MIN_PAUSE_MS, Math.min(MAX_PAUSE_MS, pauseMs));
        }
    }

    CommitPacer(Runnable commit) {
        this.commit = commit;
    }

    /** To be called before anything is done: a commit that was asked for is over then. */
    void begin() {
        Pace pace = PACE.get();
        if (pace.askedAtNanos != 0) {
            pace.costNanos += (System.nanoTime() - pace.askedAtNanos - pace.costNanos) / 4;
            pace.askedAtNanos = 0;
        }
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
        Pace pace = PACE.get();
        if (pace.wanted && pace.isOver(nowMs)) {
            ask(pace, nowMs);
        }
    }

    private void askIfFresh(long sentAtMs, long nowMs, long freshMs) {
        if (nowMs - sentAtMs > freshMs) {
            return;
        }
        Pace pace = PACE.get();
        if (pace.isOver(nowMs)) {
            ask(pace, nowMs);
        } else {
            pace.wanted = true;
        }
    }

    private void ask(Pace pace, long nowMs) {
        pace.lastAskedAtMs = nowMs;
        pace.askedAtNanos = System.nanoTime();
        pace.wanted = false;
        commit.run();
    }
}
