package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/** The workflow ran longer than the timeout it was started with. */
public final class WorkflowTimedOutException extends WorkflowFailedException {
    private static final long serialVersionUID = 1L;

    WorkflowTimedOutException(String workflowId, @Nullable WorkflowFailure failure) {
        super(workflowId, WorkflowStatus.TIMED_OUT, failure);
    }
}
