package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/** The workflow was cancelled and has stopped. {@link #failure()} is what its clean-up threw, if that failed. */
public final class CancelledWorkflowException extends WorkflowStoppedException {
    private static final long serialVersionUID = 1L;

    CancelledWorkflowException(String workflowId, @Nullable WorkflowFailure failure) {
        super(workflowId, WorkflowStatus.CANCELLED, failure);
    }
}
