package io.millrace.worker.internal.execution;

/**
 * Ends the code of an execution that is not this worker's any more. An {@code Error}, so that the user's {@code catch (Exception e)}
 * does not meet it; and where it is caught nevertheless, the closed {@link Outbox} sees to it that nothing comes of that.
 */
public class ExecutionAbandonedError extends Error {
    private static final long serialVersionUID = 1L;

    /** With the reason, for the log. */
    public ExecutionAbandonedError(String reason) {
        // Without a stack trace: it is thrown whenever a workflow parks, and says nothing about where that went wrong.
        super(reason, null, false, false);
    }
}
