package io.millrace.engine.machine;

import io.millrace.schemas.DelayElapsed;
import io.millrace.schemas.WaitElapsed;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowTimedOut;
import io.millrace.schemas.store.StoredWorkflow;
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
        Long until = workflow.getParkedUntilMs();
        boolean due = until != null
                && until <= reached.atMs()
                && Statuses.isOpen(workflow.getState().getStatus());
        return due ? Decision.of(Facts.of(new WaitElapsed(workflow.getParkedStep()))) : Decision.NOTHING;
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
        var fact = Facts.of(new WorkflowTimedOut(state.getTimeoutMs()));
        String owner = Statuses.ownerOf(workflow);
        return owner == null
                ? Decision.of(fact)
                : new Decision(
                        List.of(fact),
                        List.of(new Message.Revoke(
                                owner, state.getWorkflowId(), state.getEpoch(), "the workflow has timed out")));
    }
}
