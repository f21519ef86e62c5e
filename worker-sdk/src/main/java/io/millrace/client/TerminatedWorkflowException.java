package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/** The workflow was terminated, without a clean-up. */
public final class TerminatedWorkflowException extends WorkflowStoppedException {
    private static final long serialVersionUID = 1L;

    TerminatedWorkflowException(String workflowId, @Nullable WorkflowFailure failure) {
        super(workflowId, WorkflowStatus.TERMINATED, failure);
    }
}
