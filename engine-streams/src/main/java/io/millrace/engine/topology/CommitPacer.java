package io.millrace.engine.topology;

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
    private static final long PAUSE_MS = 10;

    /** When the thread asked last: all partitions that it runs are in one transaction, so a commit for one is a commit for all. */
    private static final ThreadLocal<long[]> LAST_ASKED_AT_MS =
            ThreadLocal.withInitial(() -> new long[] {Long.MIN_VALUE / 2});

    private final Runnable commit;

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
        commitIfFresh(sentAtMs, nowMs, FRESH_MS);
    }

    /** As {@link #someoneWaits}, for what another partition's engine has sent. */
    void someoneWaitsForTransfer(long sentAtMs, long nowMs) {
        commitIfFresh(sentAtMs, nowMs, FRESH_TRANSFER_MS);
    }

    private void commitIfFresh(long sentAtMs, long nowMs, long freshMs) {
        long[] lastAskedAtMs = LAST_ASKED_AT_MS.get();
        if (nowMs - sentAtMs <= freshMs && nowMs - lastAskedAtMs[0] >= PAUSE_MS) {
            lastAskedAtMs[0] = nowMs;
            commit.run();
        }
    }
}
