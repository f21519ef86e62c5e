package io.millrace.engine.machine;

import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.MovedToQueue;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.OpenCancel;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;

/** How facts that come from control commands change a workflow. For {@link FactApplier} alone. */
final class Control {
    private Control() {}

    static void apply(FactApplier.Parts parts, HistoryFact fact, long atMs) {
        StoredWorkflow workflow = parts.workflow();
        WorkflowState state = workflow.getState();
        switch (FactKind.of(fact)) {
            case CANCEL_ASKED -> cancelAsked(parts, fact.getCancelAsked());
            case CANCEL_SURFACED -> cancelSurfaced(workflow, fact.getCancelSurfaced());
            case WORKFLOW_CANCELLED -> {
                Life.letGo(workflow);
                OpenCancel cancel = cancelOf(workflow);
                cancel.setFailure(fact.getWorkflowCancelled().getFailure());
                cancel.setWaitsForChildren(true);
                state.setWaitingFor("the end of its cancelled children");
            }
            case CANCEL_COMPLETED -> {
                Life.close(workflow, WorkflowStatus.CANCELLED, atMs);
                state.setFailure(cancelOf(workflow).getFailure());
            }
            case TERMINATED -> {
                if (!fact.getTerminated().getCascade()) {
                    parts.progress().abandonChildren();
                }
                Life.close(workflow, WorkflowStatus.TERMINATED, atMs);
            }
            case PAUSED -> {
                workflow.setPausedFrom(state.getStatus());
                state.setStatus(WorkflowStatus.PAUSED);
            }
            case UNPAUSED -> {
                state.setStatus(
                        Objects.requireNonNull(workflow.getPausedFrom(), "a paused workflow was something before"));
                workflow.setPausedFrom(null);
            }
            case EXPEDITED -> {
                Life.enqueued(workflow, fact.getExpedited().getQueueOrder());
                state.setExpedited(true);
            }
            case PRIORITY_SET -> state.setPriority(fact.getPrioritySet().getPriority());
            case MOVED_TO_QUEUE -> moved(workflow, fact.getMovedToQueue());
            case REOPENED -> reopened(parts, fact.getReopened());
            default -> throw new IllegalArgumentException(FactKind.of(fact) + " is about no control");
        }
    }

    private static void cancelAsked(FactApplier.Parts parts, CancelAsked asked) {
        StoredWorkflow workflow = parts.workflow();
        if (!asked.getCascade()) {
            parts.progress().abandonChildren();
        }
        CancelNotice notice = new CancelNotice(asked.getIssuer(), asked.getReason(), null, 0);
        boolean hasNoCodeRunning = Statuses.isNotYetGranted(workflow);
        workflow.setCancel(new OpenCancel(notice, asked.getCascade(), hasNoCodeRunning, null));
        workflow.getState().setStatus(WorkflowStatus.CANCELLING);
        workflow.getState().setWaitingFor(hasNoCodeRunning ? "the end of its cancelled children" : null);
        workflow.setPausedFrom(null);
        workflow.setDelayedUntilMs(null);
        Waiting.unpark(workflow);
    }

    private static void cancelSurfaced(StoredWorkflow workflow, CancelSurfaced surfaced) {
        CancelNotice notice = cancelOf(workflow).getNotice();
        notice.setSurfacedAfterStep(surfaced.getAfterStep());
        notice.setSurfacedPoint(surfaced.getPoint());
    }

    private static OpenCancel cancelOf(StoredWorkflow workflow) {
        return Objects.requireNonNull(workflow.getCancel(), "nobody has cancelled it");
    }

    private static void moved(StoredWorkflow workflow, MovedToQueue moved) {
        WorkflowState state = workflow.getState();
        state.setQueue(moved.getQueue());
        state.setPriority(moved.getPriority());
        state.setPartitionKey(moved.getPartitionKey());
        state.setExpedited(false);
        workflow.setQueueOrder(moved.getQueueOrder());
    }

    private static void reopened(FactApplier.Parts parts, Reopened reopened) {
        StoredWorkflow workflow = parts.workflow();
        WorkflowState state = workflow.getState();
        Life.letGo(workflow);
        state.setStatus(WorkflowStatus.ENQUEUED);
        if (!state.getQueue().equals(reopened.getQueue())) {
            // They were what it had on that queue.
            state.setPriority(null);
            state.setPartitionKey(null);
        }
        state.setQueue(reopened.getQueue());
        state.setExpedited(false);
        state.setRun(state.getRun() + 1);
        state.setRecoveryAttempts(0);
        state.setCompletedAtMs(null);
        state.setDeadlineMs(null);
        state.setOutput(null);
        state.setFailure(null);
        state.setWaitingFor(null);
        workflow.setQueueOrder(reopened.getQueueOrder());
        workflow.setCancel(null);
        workflow.setHistoryBytes(reopened.getHistoryBytes());
        IntPredicate dropped = droppedBy(reopened);
        parts.progress().reopen(reopened.getFromStep(), reopened.getValuesFromStep(), dropped);
        parts.mailbox().reopen(reopened.getPendingMessages(), dropped);
    }

    /** Which steps are not on record any more. */
    static IntPredicate droppedBy(Reopened reopened) {
        Set<Integer> dropped = new HashSet<>(reopened.getDroppedSteps());
        return seq -> seq >= reopened.getFromStep() || dropped.contains(seq);
    }
}
