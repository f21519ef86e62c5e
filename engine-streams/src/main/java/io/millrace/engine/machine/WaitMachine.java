package io.millrace.engine.machine;

import io.millrace.schemas.DelayElapsed;
import io.millrace.schemas.WaitElapsed;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowTimedOut;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.List;

/** Decides on time: delays, sleeps and retry waits that are over, and deadlines. */
final class WaitMachine {
    private WaitMachine() {}

    static Decision onWakeTime(StoredWorkflow workflow, Input.WakeTimeReached reached) {
        if (workflow.getState().getStatus() == WorkflowStatus.DELAYED) {
            Long until = workflow.getDelayedUntilMs();
            return until == null || until > reached.atMs()
                    ? Decision.NOTHING
                    : Decision.of(Facts.of(new DelayElapsed(reached.queueOrder())));
        }
        Long wakeAtMs = Statuses.wakeAtMs(workflow);
        if (wakeAtMs == null || wakeAtMs > reached.atMs()) {
            return Decision.NOTHING;
        }
        for (WaitingStep step : workflow.getWaitingSteps()) {
            if (step.getDueAtMs() != null && step.getDueAtMs() <= reached.atMs()) {
                return Decision.of(Facts.of(new WaitElapsed(step.getSeq())));
            }
        }
        return Decision.of(Facts.of(new WaitElapsed(workflow.getParkedStep())));
    }

    /** Timed out at once, whoever runs it: its owner is told, and what it still reports is rejected. */
    static Decision onDeadline(StoredWorkflow workflow, Input.DeadlineReached reached) {
        var state = workflow.getState();
        boolean due = state.getDeadlineMs() != null
                && state.getDeadlineMs() <= reached.atMs()
                && Statuses.isOpen(state.getStatus());
        if (!due) {
            return Decision.NOTHING;
        }
        var fact = Facts.of(new WorkflowTimedOut(timeoutOf(state)));
        String owner = Statuses.ownerOf(workflow);
        return owner == null
                ? Decision.of(fact)
                : new Decision(
                        List.of(fact),
                        List.of(Message.revoke(
                                owner, state.getWorkflowId(), state.getEpoch(), "the workflow has timed out")));
    }

    /** 0 where it is its parent's deadline that has come, before its own. */
    private static long timeoutOf(WorkflowState state) {
        boolean own = state.getTimeoutMs() != null
                && state.getStartedAtMs() != null
                && state.getDeadlineMs() - state.getStartedAtMs() >= state.getTimeoutMs();
        return own ? state.getTimeoutMs() : 0;
    }
}
