package io.millrace.worker;

/**
 * The workflow's code does not do what it is on record to have done: most often, because the code was changed while the workflow
 * was open. The workflow fails with this, whatever the code makes of it, and can be resumed when the code is put right.
 */
public final class NonDeterministicWorkflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;
    private final String found;

    /** Where the first difference is, what is on record there, and what the code did. */
    public NonDeterministicWorkflowException(int position, String expected, String found) {
        super("at step " + position + " the record has " + expected + ", but the code came to " + found
                + "; it was changed, or depends on something that is not recorded");
        this.position = position;
        this.expected = expected;
        this.found = found;
    }

    /** The number of the step at which code and record differ first. */
    public int position() {
        return position;
    }

    /** What is on record there, in words. */
    public String expected() {
        return expected;
    }

    /** What the code did there, in words. */
    public String found() {
        return found;
    }
}
