package io.millrace.engine.machine;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Granted;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How facts change where a workflow is in its life: started, owned, let go of, closed. For {@link FactApplier} alone. */
final class Life {
    private Life() {}

    static StoredWorkflow started(String workflowId, @Nullable WorkflowStarted started, long atMs) {
        if (started == null) {
            throw new IllegalArgumentException("the first fact of workflow " + workflowId + " is not its start");
        }
        var start = started.getStart();
        boolean delayed = start.getDelayMs() != null && start.getDelayMs() > 0;
        Long delayedUntilMs = delayed ? saturatedSum(atMs, start.getDelayMs()) : null;
        // Set one by one, and not built: Avro's builders decode each default
        // anew, which shows at thousands of starts a second.
        WorkflowState state = new WorkflowState();
        state.setWorkflowId(workflowId);
        state.setWorkflowType(start.getWorkflowType());
        state.setStatus(delayed ? WorkflowStatus.DELAYED : WorkflowStatus.ENQUEUED);
        state.setWaitingFor(delayed ? "the end of its delay at " + Instant.ofEpochMilli(delayedUntilMs) : null);
        state.setQueue(start.getQueue());
        state.setApplicationVersion(start.getApplicationVersion());
        state.setAttributes(start.getAttributes());
        state.setCreatedAtMs(atMs);
        state.setTimeoutMs(start.getTimeoutMs());
        state.setDeadlineMs(started.getDeadlineMs());
        state.setParentWorkflowId(started.getParentWorkflowId());
        state.setParentStep(started.getParentStep());
        state.setForkedFrom(started.getForkedFrom());
        state.setForkedFromStep(started.getForkedFromStep());
        state.setEpoch(started.getEpoch());
        state.setPriority(start.getPriority());
        state.setDeduplicationId(start.getDeduplicationId());
        state.setPartitionKey(start.getPartitionKey());
        StoredWorkflow workflow = new StoredWorkflow();
        workflow.setState(state);
        workflow.setStartCommandId(started.getCommandId());
        workflow.setQueueOrder(started.getQueueOrder());
        workflow.setDelayedUntilMs(delayedUntilMs);
        workflow.setEndedAhead(List.of());
        workflow.setWaitingSteps(List.of());
        workflow.setLastValueOrdinal(-1);
        workflow.setPendingMessages(List.of());
        workflow.setUnconfirmedReceives(List.of());
        workflow.setCopying(started.getForkedFrom() != null);
        workflow.setDeduplicationQueue(start.getDeduplicationId() == null ? null : start.getQueue());
        workflow.setRetentionMs(start.getRetentionMs());
        return workflow;
    }

    static void enqueued(StoredWorkflow workflow, long queueOrder) {
        workflow.getState().setStatus(WorkflowStatus.ENQUEUED);
        workflow.getState().setWaitingFor(null);
        workflow.setDelayedUntilMs(null);
        workflow.setQueueOrder(queueOrder);
    }

    static void granted(StoredWorkflow workflow, Granted granted, long atMs) {
        WorkflowState state = workflow.getState();
        if (state.getStatus() != WorkflowStatus.CANCELLING) {
            state.setStatus(WorkflowStatus.RUNNING);
        }
        state.setWaitingFor(null);
        state.setWorkerId(granted.getWorkerId());
        state.setEpoch(granted.getEpoch());
        workflow.setGrantNumber(granted.getNumber());
        workflow.setCreditPartition(granted.getCreditPartition());
        workflow.setEndsTold(0);
        if (state.getTimeoutMs() != null && (state.getStartedAtMs() == null || state.getDeadlineMs() == null)) {
            long own = saturatedSum(atMs, state.getTimeoutMs());
            state.setDeadlineMs(state.getDeadlineMs() == null ? own : Math.min(own, state.getDeadlineMs()));
        }
        if (state.getStartedAtMs() == null) {
            state.setStartedAtMs(atMs);
        }
    }

    /** Nobody owns it any more; it goes on when another worker is found, or its time has come. */
    static void letGo(StoredWorkflow workflow) {
        WorkflowState state = workflow.getState();
        if (state.getWorkerId() != null) {
            workflow.setLastWorkerId(state.getWorkerId());
        }
        state.setWorkerId(null);
        workflow.setGrantNumber(0);
        workflow.setCreditPartition(null);
    }

    static void close(StoredWorkflow workflow, WorkflowStatus status, long atMs) {
        WorkflowState state = workflow.getState();
        state.setStatus(status);
        state.setCompletedAtMs(atMs);
        state.setWaitingFor(null);
        workflow.setParkedUntilMs(null);
        workflow.setParkedStep(0);
        workflow.setDelayedUntilMs(null);
        workflow.setPausedFrom(null);
    }

    static void timedOut(StoredWorkflow workflow, long timeoutMs, long atMs) {
        close(workflow, WorkflowStatus.TIMED_OUT, atMs);
        String message = timeoutMs > 0
                ? "not done within its timeout of " + timeoutMs + " ms"
                : "not done within the deadline of its parent";
        workflow.getState().setFailure(new Failure("io.millrace.TimedOut", message, null));
    }

    static void exhausted(StoredWorkflow workflow, int recoveryAttempts, long atMs) {
        close(workflow, WorkflowStatus.RETRIES_EXHAUSTED, atMs);
        String message = "lost its worker " + recoveryAttempts + " times; is one of its steps killing the process?";
        workflow.getState().setFailure(new Failure("io.millrace.RetriesExhausted", message, null));
    }

    /** A delay of a thousand million years is forever, not long ago. */
    private static long saturatedSum(long atMs, long durationMs) {
        long sum = atMs + durationMs;
        return sum < atMs ? Long.MAX_VALUE : sum;
    }
}
