package io.millrace.client;

import java.time.Duration;

/** The workflow did not end within the time that the caller wanted to wait. It goes on; ask again. */
public final class WorkflowStillOpenException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;

    /** Which workflow, and how long was waited. */
    public WorkflowStillOpenException(String workflowId, Duration waited) {
        this(workflowId, "workflow \"" + workflowId + "\" has not ended within " + waited);
    }

    /** Which workflow, and in words why nobody waits for it any longer. */
    public WorkflowStillOpenException(String workflowId, String message) {
        super(message);
        this.workflowId = workflowId;
    }

    /** The workflow that goes on. */
    public String workflowId() {
        return workflowId;
    }
}
