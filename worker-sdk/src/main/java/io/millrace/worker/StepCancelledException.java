package io.millrace.worker;

/**
 * The workflow was cancelled while this step ran: thrown by {@link StepContext#heartbeat}. The step may clean up, and either throw this on, so that
 * it is on record as cancelled, or return, so that it is on record as completed.
 */
public final class StepCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which step. */
    public StepCancelledException(String stepName, int seq) {
        super("the workflow was cancelled while step \"" + stepName + "\" (" + seq + ") ran");
    }
}
