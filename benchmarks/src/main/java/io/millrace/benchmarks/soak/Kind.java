package io.millrace.benchmarks.soak;

/** What a workflow of the mix is like, and how many of a hundred are so. */
enum Kind {
    /** One step. */
    ONE_STEP(40),

    /** Five steps, one after the other. */
    FIVE_STEPS(20),

    /** Sleeps so long between two steps that its worker lets go of it. */
    SLEEPING(10),

    /** Its step fails at first; the wait for another attempt is so long that its worker lets go of it. */
    RETRYING(10),

    /** Two children, and waits for both. */
    WITH_CHILDREN(8),

    /** Cancelled while it waits. */
    CANCELLED(4),

    /** Five steps; when it has ended, a copy is made that runs from the last one. */
    FORKED(3),

    /** One step, on a queue with a limit and partition keys. */
    ON_LIMITED_QUEUE(5);

    private static final int HUNDRED = 100;

    /** Coprime to a hundred, so that kinds alternate in place of coming in blocks. */
    private static final int STRIDE = 37;

    private final int inHundred;

    Kind(int inHundred) {
        this.inHundred = inHundred;
    }

    /** The kind of the workflow of this number. */
    static Kind of(long number) {
        int place = (int) (number % HUNDRED * STRIDE % HUNDRED);
        for (Kind kind : values()) {
            place -= kind.inHundred;
            if (place < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the kinds do not add up to " + HUNDRED);
    }
}
