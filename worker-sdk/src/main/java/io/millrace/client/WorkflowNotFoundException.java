package io.millrace.client;

/** There is no workflow with that id. */
public final class WorkflowNotFoundException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;

    /** Which id is unknown. */
    public WorkflowNotFoundException(String workflowId) {
        super("there is no workflow with the id \"" + workflowId + "\"");
        this.workflowId = workflowId;
    }

    /** The id that is unknown. */
    public String workflowId() {
        return workflowId;
    }
}
