package io.millrace.engine.topology;

/**
 * Asks for an early commit when somebody waits for what is in the open transaction and there is little to do. Under load
 * transactions end at their interval: each costs the same, whether it holds one record or a thousand.
 */
final class CommitPacer {
    /** With no more inputs than this in a tick, there is little to do. */
    private static final int FEW_INPUTS = 4;

    private final Runnable commit;
    private int inputs;
    private int inputsBefore;

    CommitPacer(Runnable commit) {
        this.commit = commit;
    }

    void onInput() {
        inputs++;
    }

    void someoneWaits() {
        if (inputs <= FEW_INPUTS && inputsBefore <= FEW_INPUTS) {
            commit.run();
        }
    }

    void onTick() {
        inputsBefore = inputs;
        inputs = 0;
    }
}
