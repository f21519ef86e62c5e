package io.millrace.engine.machine;

import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
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
            case ENQUEUED -> !workflow.getCopying();
            case RUNNING -> ownerOf(workflow) == null && workflow.getParkedUntilMs() == null;
            case CANCELLING ->
                ownerOf(workflow) == null && workflow.getParkedUntilMs() == null && !waitsForChildrenToStop(workflow);
            case DELAYED, PAUSED, COMPLETED, FAILED, CANCELLED, TERMINATED, TIMED_OUT, RETRIES_EXHAUSTED, UNKNOWN ->
                false;
        };
    }

    /** Whether its code has ended, or has nothing to clean up, and only children are still to be cancelled. */
    static boolean waitsForChildrenToStop(StoredWorkflow workflow) {
        return workflow.getState().getStatus() == WorkflowStatus.CANCELLING
                && workflow.getCancel() != null
                && workflow.getCancel().getWaitsForChildren();
    }

    /** Whether no worker has been granted it since it was started or reopened, so that there is nothing that could be cleaned up. */
    static boolean isNotYetGranted(StoredWorkflow workflow) {
        WorkflowStatus status = workflow.getPausedFrom() != null
                ? workflow.getPausedFrom()
                : workflow.getState().getStatus();
        return status == WorkflowStatus.DELAYED || status == WorkflowStatus.ENQUEUED;
    }

    /** When something is to happen to it by time alone: the end of a delay or of a wait. */
    public static @Nullable Long wakeAtMs(StoredWorkflow workflow) {
        WorkflowStatus status = workflow.getState().getStatus();
        if (status == WorkflowStatus.DELAYED) {
            return workflow.getDelayedUntilMs();
        }
        if (status != WorkflowStatus.RUNNING && status != WorkflowStatus.CANCELLING) {
            return null;
        }
        long earliest = workflow.getParkedUntilMs() == null ? Long.MAX_VALUE : workflow.getParkedUntilMs();
        for (WaitingStep step : workflow.getWaitingSteps()) {
            if (step.getDueAtMs() != null) {
                earliest = Math.min(earliest, step.getDueAtMs());
            }
        }
        return earliest == Long.MAX_VALUE ? null : earliest;
    }

    /** When it was closed, if it is; null also while steps of the workflow that it is a fork of are still to come, whose last part is answered. */
    public static @Nullable Long keptSinceMs(StoredWorkflow workflow) {
        WorkflowState state = workflow.getState();
        return isOpen(state.getStatus()) || workflow.getCopying() ? null : state.getCompletedAtMs();
    }

    /**
     * Whether it runs, or has run to its end, in the process that started it, so that its starter knows of its end first. Where the engine ends it, that
     * process is sent a message.
     */
    public static boolean isWithItsStarter(StoredWorkflow workflow) {
        return workflow.getState().getWorkerId() != null && workflow.getGrantNumber() == 0;
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
