package io.millrace.client;

/** The engine refused to start the workflow, and nothing was started. Trying the same again does not help. */
public final class StartRejectedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;
    private final String reason;

    /** Which start was refused, and the engine's reason. */
    public StartRejectedException(String workflowId, String reason) {
        super("workflow \"" + workflowId + "\" was not started: " + reason);
        this.workflowId = workflowId;
        this.reason = reason;
    }

    /** The id that the workflow was to have. */
    public String workflowId() {
        return workflowId;
    }

    /** Why, in words a person understands. */
    public String reason() {
        return reason;
    }
}
