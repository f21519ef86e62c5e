package io.millrace.engine.machine;

import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies facts to the state of one workflow: the only code that changes it. State is a fold of history, so nothing may enter here
 * that is not in a fact. What a fact does to the workflow's life is in {@link Life}, what it waits for in {@link Waiting}.
 */
public final class FactApplier {
    private final String workflowId;

    /** An applier for the facts of one workflow. */
    public FactApplier(String workflowId) {
        this.workflowId = workflowId;
    }

    /** The parts of a state that facts change. */
    record Parts(StoredWorkflow workflow, StepProgress progress, Mailbox mailbox) {
        static Parts of(StoredWorkflow workflow) {
            return new Parts(workflow, new StepProgress(workflow), new Mailbox(workflow));
        }
    }

    /**
     * The state after some facts.
     *
     * @param workflow the state before, which becomes the state after; null where there was none
     * @param facts in order; the first one of a new workflow is its start
     * @param atMs when it was decided, epoch milliseconds
     */
    public StoredWorkflow applyAll(@Nullable StoredWorkflow workflow, List<HistoryFact> facts, long atMs) {
        Parts parts = workflow == null ? null : Parts.of(workflow);
        for (HistoryFact fact : facts) {
            if (parts == null) {
                parts = Parts.of(Life.started(workflowId, fact.getWorkflowStarted(), atMs));
            } else {
                apply(parts, fact, atMs);
            }
        }
        if (parts == null) {
            throw new IllegalArgumentException("no facts to make workflow " + workflowId + " of");
        }
        StoredWorkflow after = parts.workflow;
        parts.progress.writeTo(after);
        parts.mailbox.writeTo(after);
        after.setHistoryBytes(after.getHistoryBytes()
                + facts.stream().mapToLong(FactSizes::of).sum());
        after.getState().setUpdatedAtMs(atMs);
        return after;
    }

    private static void apply(Parts parts, HistoryFact fact, long atMs) {
        StoredWorkflow workflow = parts.workflow;
        StepProgress progress = parts.progress;
        WorkflowState state = workflow.getState();
        switch (FactKind.of(fact)) {
            case WORKFLOW_STARTED ->
                throw new IllegalArgumentException("workflow " + state.getWorkflowId() + " is started a second time");
            case COMMAND_NOTED, STEP_HEARTBEAT, FORK_ASKED, FORK_ANSWERED -> {}
            case DELAY_ELAPSED -> Life.enqueued(workflow, fact.getDelayElapsed().getQueueOrder());
            case GRANTED -> Life.granted(workflow, fact.getGranted(), atMs);
            case RELEASED -> Life.letGo(workflow);
            case WORKER_LOST -> {
                Life.letGo(workflow);
                state.setRecoveryAttempts(fact.getWorkerLost().getRecoveryAttempts());
            }
            case STEP_COMPLETED -> progress.end(fact.getStepCompleted().getSeq());
            case STEP_CANCELLED -> progress.end(fact.getStepCancelled().getSeq());
            case VALUE_SET -> progress.end(fact.getValueSet().getSeq());
            case VALUE_RECORDED -> progress.recordValue(fact.getValueRecorded());
            case STEPS_COPIED -> {
                for (RecordedStep step : fact.getStepsCopied().getSteps()) {
                    progress.end(step.getSeq());
                    MessageReceived received = Journal.messageIn(step);
                    if (received != null) {
                        parts.mailbox.skip(received.getNumber());
                    }
                }
                fact.getStepsCopied().getValues().forEach(progress::recordValue);
                workflow.setCopying(fact.getStepsCopied().getMore());
            }
            case STEP_ATTEMPT_FAILED,
                    SLEEP_STARTED,
                    RECEIVE_STARTED,
                    RECEIVE_SEEN,
                    MESSAGE_SENT,
                    CHILD_STARTED,
                    PARKED,
                    WAIT_ELAPSED,
                    MESSAGE_RECEIVED,
                    MESSAGE_DELIVERED,
                    MESSAGE_ANSWERED,
                    CHILD_ENDED -> Waiting.apply(parts, fact);
            case CANCEL_ASKED,
                    CANCEL_SURFACED,
                    CANCEL_COMPLETED,
                    WORKFLOW_CANCELLED,
                    TERMINATED,
                    PAUSED,
                    UNPAUSED,
                    EXPEDITED,
                    PRIORITY_SET,
                    MOVED_TO_QUEUE,
                    REOPENED -> Control.apply(parts, fact, atMs);
            case WORKFLOW_COMPLETED -> {
                Life.close(workflow, WorkflowStatus.COMPLETED, atMs);
                state.setOutput(fact.getWorkflowCompleted().getOutput());
            }
            case WORKFLOW_FAILED -> {
                Life.close(workflow, WorkflowStatus.FAILED, atMs);
                state.setFailure(fact.getWorkflowFailed().getFailure());
            }
            case WORKFLOW_TIMED_OUT ->
                Life.timedOut(workflow, fact.getWorkflowTimedOut().getTimeoutMs(), atMs);
            case RECOVERY_EXHAUSTED ->
                Life.exhausted(workflow, fact.getRecoveryExhausted().getRecoveryAttempts(), atMs);
            case PURGED ->
                throw new IllegalArgumentException(
                        "workflow " + state.getWorkflowId() + " is purged: there is no state after that");
        }
    }
}
