package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;

/** What a {@link WorkflowStatus} means to a caller. */
public final class WorkflowStatuses {
    private WorkflowStatuses() {}

    /** Whether the workflow has ended. A status that this version does not know counts as open: whoever waits goes on waiting. */
    public static boolean isClosed(WorkflowStatus status) {
        return switch (status) {
            case COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, RETRIES_EXHAUSTED -> true;
            case UNKNOWN, DELAYED, ENQUEUED, RUNNING, PAUSED, CANCELLING -> false;
        };
    }
}
