package io.millrace.engine.topology;

/**
 * Asks for an early commit when somebody waits for what is in the open transaction and the engine keeps up. A transaction costs the
 * same whether it holds one record or a thousand (some forty small writes at the broker): the more there is to do, the longer the pause
 * between two of them, up to where they come by themselves.
 */
final class CommitPacer {
    /** Records that have waited longer than this before the engine took them show that it is behind, in milliseconds. */
    private static final long FRESH_MS = 10;

    /** The same for records that an engine has sent: nobody can take them before the transaction is committed that they are in. */
    private static final long FRESH_TRANSFER_MS = 50;

    /** The shortest time between two early commits, in milliseconds: when little is going on. */
    private static final long MIN_PAUSE_MS = 10;

    /** The longest, in milliseconds: by then a commit has come by itself. */
    private static final long MAX_PAUSE_MS = 25;

    /** Records in a second by which the pause grows by a millisecond: it is the shortest up to 800 a second, and the longest from 2,000 on. */
    private static final long RECORDS_FOR_PAUSE = 80;

    /** All partitions that a thread runs are in one transaction, so a commit for one is a commit for all. */
    private static final ThreadLocal<Pace> PACE = ThreadLocal.withInitial(Pace::new);

    private final Runnable commit;

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

        private void count(long nowMs) {
            counted++;
            if (nowMs - countedSinceMs >= COUNTED_MS) {
                perSecond = counted * 1_000 / (nowMs - countedSinceMs);
                countedSinceMs = nowMs;
                counted = 0;
            }
        }

        private boolean isOver(long nowMs) {
            long pauseMs = Math.max(MIN_PAUSE_MS, Math.min(MAX_PAUSE_MS, perSecond / RECORDS_FOR_PAUSE));
            return nowMs - lastAskedAtMs >= pauseMs;
        }
    }

    CommitPacer(Runnable commit) {
        this.commit = commit;
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
        Pace pace = PACE.get();
        pace.count(nowMs);
        if (nowMs - sentAtMs > freshMs) {
            return;
        }
        if (pace.isOver(nowMs)) {
            ask(pace, nowMs);
        } else {
            pace.wanted = true;
        }
    }

    private void ask(Pace pace, long nowMs) {
        pace.lastAskedAtMs = nowMs;
        pace.wanted = false;
        commit.run();
    }
}
