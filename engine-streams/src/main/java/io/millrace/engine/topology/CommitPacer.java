package io.millrace.engine.topology;

/**
 * Asks for an early commit when somebody waits for what is in the open transaction and the engine keeps up. A transaction costs the
 * same whether it holds one record or a thousand: an engine that has fallen behind must commit seldom, or it falls behind further.
 */
final class CommitPacer {
    /** Records that have waited longer than this before the engine took them show that it is behind, in milliseconds. */
    private static final long FRESH_MS = 10;

    /** The shortest time between two early commits, in milliseconds. */
    private static final long PAUSE_MS = 10;

    private final Runnable commit;
    private long lastAskedAtMs = Long.MIN_VALUE / 2;

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
        if (nowMs - sentAtMs <= FRESH_MS && nowMs - lastAskedAtMs >= PAUSE_MS) {
            lastAskedAtMs = nowMs;
            commit.run();
        }
    }
}
