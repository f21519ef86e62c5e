package io.millrace.engine.machine;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Parked;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies facts to the state of one workflow: the only code that changes it. State is a fold of history, so nothing may enter here
 * that is not in a fact.
 */
public final class FactApplier {
    private final String workflowId;

    /** An applier for the facts of one workflow. */
    public FactApplier(String workflowId) {
        this.workflowId = workflowId;
    }

    /**
     * The state after some facts.
     *
     * @param workflow the state before, which becomes the state after; null where there was none
     * @param facts in order; the first one of a new workflow is its start
     * @param atMs when it was decided, epoch milliseconds
     */
    public StoredWorkflow applyAll(@Nullable StoredWorkflow workflow, List<HistoryFact> facts, long atMs) {
        StoredWorkflow after = workflow;
        StepProgress progress = workflow == null ? null : new StepProgress(workflow);
        for (HistoryFact fact : facts) {
            if (after == null || progress == null) {
                after = started(fact.getWorkflowStarted(), atMs);
                progress = new StepProgress(after);
            } else {
                apply(after, progress, fact, atMs);
            }
        }
        if (after == null || progress == null) {
            throw new IllegalArgumentException("no facts to make workflow " + workflowId + " of");
        }
        progress.writeTo(after);
        after.setHistoryBytes(after.getHistoryBytes()
                + facts.stream().mapToLong(FactSizes::of).sum());
        after.getState().setUpdatedAtMs(atMs);
        return after;
    }

    private static void apply(StoredWorkflow workflow, StepProgress progress, HistoryFact fact, long atMs) {
        WorkflowState state = workflow.getState();
        switch (FactKind.of(fact)) {
            case WORKFLOW_STARTED ->
                throw new IllegalArgumentException("workflow " + state.getWorkflowId() + " is started a second time");
            case COMMAND_NOTED -> {}
            case DELAY_ELAPSED -> {
                state.setStatus(WorkflowStatus.ENQUEUED);
                state.setWaitingFor(null);
                workflow.setDelayedUntilMs(null);
                workflow.setQueueOrder(fact.getDelayElapsed().getQueueOrder());
            }
            case GRANTED -> granted(workflow, fact.getGranted(), atMs);
            case STEP_COMPLETED -> progress.end(fact.getStepCompleted().getSeq());
            case STEP_ATTEMPT_FAILED -> {
                var failed = fact.getStepAttemptFailed();
                progress.beginRetry(failed.getSeq(), failed.getName(), failed.getAttempt());
            }
            case SLEEP_STARTED ->
                progress.beginSleep(
                        fact.getSleepStarted().getSeq(), fact.getSleepStarted().getName());
            case VALUE_RECORDED -> progress.recordValue(fact.getValueRecorded());
            case PARKED -> parked(workflow, progress, fact.getParked());
            case WAIT_ELAPSED ->
                waitElapsed(workflow, progress, fact.getWaitElapsed().getSeq());
            case RELEASED -> letGo(workflow);
            case WORKER_LOST -> {
                letGo(workflow);
                state.setRecoveryAttempts(fact.getWorkerLost().getRecoveryAttempts());
            }
            case WORKFLOW_COMPLETED -> {
                close(workflow, WorkflowStatus.COMPLETED, atMs);
                state.setOutput(fact.getWorkflowCompleted().getOutput());
            }
            case WORKFLOW_FAILED -> {
                close(workflow, WorkflowStatus.FAILED, atMs);
                state.setFailure(fact.getWorkflowFailed().getFailure());
            }
            case WORKFLOW_TIMED_OUT -> {
                close(workflow, WorkflowStatus.TIMED_OUT, atMs);
                state.setFailure(failure(
                        "io.millrace.TimedOut",
                        "not done within its timeout of "
                                + fact.getWorkflowTimedOut().getTimeoutMs() + " ms"));
            }
            case RECOVERY_EXHAUSTED -> {
                close(workflow, WorkflowStatus.RETRIES_EXHAUSTED, atMs);
                state.setFailure(failure(
                        "io.millrace.RetriesExhausted",
                        "lost its worker " + fact.getRecoveryExhausted().getRecoveryAttempts()
                                + " times; is one of its steps killing the process?"));
            }
        }
    }

    private StoredWorkflow started(@Nullable WorkflowStarted started, long atMs) {
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
        StoredWorkflow workflow = new StoredWorkflow();
        workflow.setState(state);
        workflow.setStartCommandId(started.getCommandId());
        workflow.setQueueOrder(started.getQueueOrder());
        workflow.setDelayedUntilMs(delayedUntilMs);
        workflow.setEndedAhead(List.of());
        workflow.setWaitingSteps(List.of());
        workflow.setLastValueOrdinal(-1);
        return workflow;
    }

    private static void granted(StoredWorkflow workflow, Granted granted, long atMs) {
        WorkflowState state = workflow.getState();
        state.setStatus(WorkflowStatus.RUNNING);
        state.setWaitingFor(null);
        state.setWorkerId(granted.getWorkerId());
        state.setEpoch(granted.getEpoch());
        workflow.setGrantNumber(granted.getNumber());
        if (state.getStartedAtMs() == null) {
            state.setStartedAtMs(atMs);
            if (state.getTimeoutMs() != null) {
                state.setDeadlineMs(saturatedSum(atMs, state.getTimeoutMs()));
            }
        }
    }

    private static void parked(StoredWorkflow workflow, StepProgress progress, Parked parked) {
        WaitingStep step = progress.waiting(parked.getSeq());
        Instant until = Instant.ofEpochMilli(parked.getUntilMs());
        letGo(workflow);
        workflow.setParkedUntilMs(parked.getUntilMs());
        workflow.setParkedStep(parked.getSeq());
        if (step != null && step.getKind() == StepKind.STEP) {
            workflow.getState()
                    .setWaitingFor("attempt " + (step.getAttempts() + 1) + " of step " + parked.getSeq() + " \""
                            + step.getName() + "\" at " + until);
        } else {
            workflow.getState().setWaitingFor("the end of the sleep in step " + parked.getSeq() + " at " + until);
        }
    }

    private static void waitElapsed(StoredWorkflow workflow, StepProgress progress, int seq) {
        workflow.setParkedUntilMs(null);
        workflow.setParkedStep(0);
        workflow.getState().setWaitingFor(null);
        WaitingStep step = progress.waiting(seq);
        if (step != null && step.getKind() == StepKind.SLEEP) {
            progress.end(seq);
        }
    }

    /** Nobody owns it any more; it goes on when another worker is found, or its time has come. */
    private static void letGo(StoredWorkflow workflow) {
        WorkflowState state = workflow.getState();
        if (state.getWorkerId() != null) {
            workflow.setLastWorkerId(state.getWorkerId());
        }
        state.setWorkerId(null);
        workflow.setGrantNumber(0);
    }

    private static void close(StoredWorkflow workflow, WorkflowStatus status, long atMs) {
        WorkflowState state = workflow.getState();
        state.setStatus(status);
        state.setCompletedAtMs(atMs);
        state.setWaitingFor(null);
        workflow.setParkedUntilMs(null);
        workflow.setParkedStep(0);
        workflow.setDelayedUntilMs(null);
    }

    private static Failure failure(String type, String message) {
        return Failure.newBuilder().setType(type).setMessage(message).build();
    }

    /** A delay of a thousand million years is forever, not long ago. */
    private static long saturatedSum(long atMs, long durationMs) {
        long sum = atMs + durationMs;
        return sum < atMs ? Long.MAX_VALUE : sum;
    }
}
