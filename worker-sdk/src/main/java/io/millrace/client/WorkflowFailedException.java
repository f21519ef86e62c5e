package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workflow ended, and not with a result. {@link #status()} says how: {@code FAILED} and {@code RETRIES_EXHAUSTED} are this
 * class itself, the others have subclasses of their own.
 */
public class WorkflowFailedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;
    private final WorkflowStatus status;
    private final transient @Nullable WorkflowFailure failure;

    WorkflowFailedException(String workflowId, WorkflowStatus status, @Nullable WorkflowFailure failure) {
        super("workflow \"" + workflowId + "\" ended as " + status + (failure == null ? "" : ": " + failure.summary()));
        this.workflowId = workflowId;
        this.status = status;
        this.failure = failure;
    }

    /** The exception for a workflow that ended in any closed status but {@code COMPLETED}. */
    static WorkflowFailedException of(WorkflowDescription workflow) {
        WorkflowFailure failure = workflow.failure().orElse(null);
        WorkflowStatus status = workflow.status();
        return switch (status) {
            case TIMED_OUT -> new WorkflowTimedOutException(workflow.workflowId(), failure);
            case CANCELLED -> new CancelledWorkflowException(workflow.workflowId(), failure);
            case TERMINATED -> new TerminatedWorkflowException(workflow.workflowId(), failure);
            default -> new WorkflowFailedException(workflow.workflowId(), status, failure);
        };
    }

    /** The workflow that has no result. */
    public String workflowId() {
        return workflowId;
    }

    /** The closed status that it ended in. */
    public WorkflowStatus status() {
        return status;
    }

    /** The error that ended it, where there was one. */
    public Optional<WorkflowFailure> failure() {
        return Optional.ofNullable(failure);
    }
}
