package io.millrace.worker;

/**
 * A step failed for good. It says the same whether the step failed just now or in an earlier run of the workflow's code; what the
 * step itself threw is there by its name and message, because it may have been thrown in another process.
 */
public final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String stepName;
    private final int seq;
    private final int attempts;
    private final String failureType;
    private final String failureMessage;

    /** The step's name and position, the number of its attempts, and the class and message of what the last one threw. */
    public StepFailedException(String stepName, int seq, int attempts, String failureType, String failureMessage) {
        super("step \"" + stepName + "\" (" + seq + ") failed after " + attempts
                + (attempts == 1 ? " attempt: " : " attempts: ") + failureType + ": " + failureMessage);
        this.stepName = stepName;
        this.seq = seq;
        this.attempts = attempts;
        this.failureType = failureType;
        this.failureMessage = failureMessage;
    }

    /** What the step was called. */
    public String stepName() {
        return stepName;
    }

    /** Its position in the workflow, from 1. */
    public int seq() {
        return seq;
    }

    /** How many attempts there were. */
    public int attempts() {
        return attempts;
    }

    /** The class name of what the last attempt threw, for example {@code java.io.IOException}. */
    public String failureType() {
        return failureType;
    }

    /** The message of what the last attempt threw; empty if it had none. */
    public String failureMessage() {
        return failureMessage;
    }
}
