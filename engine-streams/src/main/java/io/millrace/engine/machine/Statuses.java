package io.millrace.engine.machine;

import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/** Questions about a workflow's state that several machines and the indexes ask. */
public final class Statuses {
    private Statuses() {}

    /** Whether the workflow can still go on by itself. */
    public static boolean isOpen(WorkflowStatus status) {
        return switch (status) {
            case DELAYED, ENQUEUED, RUNNING, PAUSED, CANCELLING -> true;
            case COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, RETRIES_EXHAUSTED, UNKNOWN -> false;
        };
    }

    /** Whether it waits for nothing but a worker. */
    public static boolean isDispatchable(StoredWorkflow workflow) {
        return switch (workflow.getState().getStatus()) {
            case ENQUEUED -> true;
            case RUNNING, CANCELLING -> ownerOf(workflow) == null && workflow.getParkedUntilMs() == null;
            case DELAYED, PAUSED, COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, RETRIES_EXHAUSTED, UNKNOWN ->
                false;
        };
    }

    /** The worker that owns it now. */
    public static @Nullable String ownerOf(StoredWorkflow workflow) {
        return isOpen(workflow.getState().getStatus()) ? workflow.getState().getWorkerId() : null;
    }

    /** Whether this worker owns it under this epoch: both together name an execution. */
    static boolean isOwnedBy(StoredWorkflow workflow, String workerId, long epoch) {
        return workerId.equals(ownerOf(workflow)) && workflow.getState().getEpoch() == epoch;
    }
}
