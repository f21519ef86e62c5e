package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/** Someone cancelled or terminated the workflow. */
public abstract sealed class WorkflowStoppedException extends WorkflowFailedException
        permits CancelledWorkflowException, TerminatedWorkflowException {
    private static final long serialVersionUID = 1L;

    WorkflowStoppedException(String workflowId, WorkflowStatus status, @Nullable WorkflowFailure failure) {
        super(workflowId, status, failure);
    }
}
