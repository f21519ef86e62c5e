package io.millrace.engine.machine;

import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.CancelCompleted;
import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.CancelRequested;
import io.millrace.schemas.Command;
import io.millrace.schemas.Expedited;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.PauseChanged;
import io.millrace.schemas.Paused;
import io.millrace.schemas.Terminated;
import io.millrace.schemas.Unpaused;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Decides on what stops an open workflow, or lets it go on. That it may is known already: see {@link CommandTable}. */
final class ControlMachine {
    /**
     * By so many bits an expedited place in a queue is lower than any that follows the clock, and still in the order of the commands, but for those of
     * the same few milliseconds.
     */
    private static final int EXPEDITED_SHIFT = 12;

    private ControlMachine() {}

    static Decision cancel(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        CancelAsked asked = new CancelAsked(
                command.getCommandId(),
                command.getIssuer(),
                command.getReason(),
                command.getCancel().getCascade());
        Decision decision = cancel(workflow, asked);
        WorkflowStatus status = decision.facts().size() > 1 ? WorkflowStatus.CANCELLED : WorkflowStatus.CANCELLING;
        return Replies.changed(workflow, received, status, decision.facts(), decision.messages());
    }

    /** Whoever asks for it: a command, or the parent. */
    static Decision cancel(StoredWorkflow workflow, CancelAsked asked) {
        List<HistoryFact> facts = new ArrayList<>(List.of(Facts.of(asked)));
        boolean childrenStop = asked.getCascade() && new StepProgress(workflow).hasChildrenToStop();
        if (Statuses.isNotYetGranted(workflow) && !childrenStop) {
            facts.add(Facts.of(new CancelCompleted()));
        }
        WorkflowState state = workflow.getState();
        InboxMessage notice = new InboxMessage();
        notice.setCancelRequested(new CancelRequested(
                state.getWorkflowId(),
                state.getEpoch(),
                new CancelNotice(asked.getIssuer(), asked.getReason(), null, 0)));
        List<Message> messages = new ArrayList<>(Replies.toOwner(workflow, notice));
        if (asked.getCascade()) {
            messages.addAll(FamilyMachine.stopChildren(workflow, asked.getReason(), false));
        }
        return new Decision(facts, messages);
    }

    static Decision terminate(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        Terminated terminated = new Terminated(
                command.getCommandId(),
                command.getIssuer(),
                command.getReason(),
                command.getTerminate().getCascade());
        Decision decision = terminate(workflow, terminated);
        return Replies.changed(workflow, received, WorkflowStatus.TERMINATED, decision.facts(), decision.messages());
    }

    /** Whoever asks for it. Its children are told when it is closed, as of any other closed workflow. */
    static Decision terminate(StoredWorkflow workflow, Terminated terminated) {
        WorkflowState state = workflow.getState();
        String owner = Statuses.ownerOf(workflow);
        String why = "the workflow was terminated by " + terminated.getIssuer();
        List<Message> messages = owner == null
                ? List.of()
                : List.of(Message.revoke(owner, state.getWorkflowId(), state.getEpoch(), why));
        return new Decision(List.of(Facts.of(terminated)), messages);
    }

    static Decision pause(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        var fact = Facts.of(new Paused(command.getCommandId(), command.getIssuer(), command.getReason()));
        return Replies.changed(workflow, received, WorkflowStatus.PAUSED, List.of(fact), pauseChanged(workflow, true));
    }

    static Decision unpause(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        var fact = Facts.of(new Unpaused(command.getCommandId(), command.getIssuer(), command.getReason()));
        WorkflowStatus before =
                Objects.requireNonNull(workflow.getPausedFrom(), "a paused workflow was something before");
        return Replies.changed(workflow, received, before, List.of(fact), pauseChanged(workflow, false));
    }

    private static List<Message> pauseChanged(StoredWorkflow workflow, boolean paused) {
        WorkflowState state = workflow.getState();
        InboxMessage notice = new InboxMessage();
        notice.setPauseChanged(new PauseChanged(state.getWorkflowId(), state.getEpoch(), paused));
        return Replies.toOwner(workflow, notice);
    }

    static Decision expedite(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        String queue = command.getResume().getQueue();
        String own = workflow.getState().getQueue();
        if (queue != null && !queue.equals(own)) {
            String reason = "the workflow is " + workflow.getState().getStatus() + " on queue \"" + own
                    + "\": it can be hurried there; to hurry it on another one, move it there first";
            return Replies.rejected(workflow.getState().getWorkflowId(), workflow, received, reason);
        }
        if (workflow.getState().getExpedited()) {
            return Replies.unchanged(
                    workflow, received, "the workflow goes before all others already: nothing has changed");
        }
        long order = received.queueOrder() >> EXPEDITED_SHIFT;
        var fact = new Expedited(command.getCommandId(), command.getIssuer(), command.getReason(), order);
        return Replies.changed(workflow, received, WorkflowStatus.ENQUEUED, List.of(Facts.of(fact)), List.of());
    }
}
