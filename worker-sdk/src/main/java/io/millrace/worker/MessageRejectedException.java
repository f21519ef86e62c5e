package io.millrace.worker;

/** A message that a workflow sent was not taken: there is no such workflow, or it is closed, or it can keep no more messages. */
public final class MessageRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;

    /** To whom, and why not. */
    public MessageRejectedException(String workflowId, String reason) {
        super("workflow " + workflowId + " did not take the message: " + reason);
        this.workflowId = workflowId;
    }

    /** The workflow that it was sent to. */
    public String workflowId() {
        return workflowId;
    }
}
