package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/** Someone cancelled or terminated the workflow; {@link #status()} says which. */
public final class WorkflowStoppedException extends WorkflowFailedException {
    private static final long serialVersionUID = 1L;

    WorkflowStoppedException(String workflowId, WorkflowStatus status, @Nullable WorkflowFailure failure) {
        super(workflowId, status, failure);
    }
}
