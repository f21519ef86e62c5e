package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MoveToQueue;
import io.millrace.schemas.MovedToQueue;
import io.millrace.schemas.PrioritySet;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on where in which queue a workflow waits, and on what its queue has said to a command. */
final class QueueMachine {
    private QueueMachine() {}

    static Decision setPriority(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        WorkflowState state = workflow.getState();
        int priority = command.getSetPriority().getPriority();
        if (state.getExpedited()) {
            String reason = "the workflow is " + state.getStatus()
                    + ", and goes before all others already, whatever its priority; move it to have that undone";
            return Replies.rejected(state.getWorkflowId(), workflow, received, reason);
        }
        if (priority == Queueing.priorityOf(workflow)) {
            return Replies.unchanged(
                    workflow, received, "the priority is " + priority + " already: nothing has changed");
        }
        var fact = new PrioritySet(command.getCommandId(), command.getIssuer(), command.getReason(), priority);
        return Replies.changed(workflow, received, state.getStatus(), List.of(Facts.of(fact)), List.of());
    }

    static Decision move(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        MoveToQueue move = command.getMoveToQueue();
        if (isThere(workflow, move)) {
            String note = "the workflow waits on queue \"" + move.getQueue() + "\" already, as it is to: nothing has"
                    + " changed";
            return Replies.unchanged(workflow, received, note);
        }
        MovedToQueue fact = new MovedToQueue();
        fact.setCommandId(command.getCommandId());
        fact.setIssuer(command.getIssuer());
        fact.setReason(command.getReason());
        fact.setQueue(move.getQueue());
        fact.setQueueOrder(received.queueOrder());
        fact.setPriority(move.getPriority());
        fact.setPartitionKey(move.getPartitionKey());
        return Replies.changed(workflow, received, workflow.getState().getStatus(), List.of(Facts.of(fact)), List.of());
    }

    private static boolean isThere(StoredWorkflow workflow, MoveToQueue move) {
        WorkflowState state = workflow.getState();
        int priority = move.getPriority() == null ? Limits.DEFAULT_PRIORITY : move.getPriority();
        return move.getQueue().equals(state.getQueue())
                && !state.getExpedited()
                && priority == Queueing.priorityOf(workflow)
                && Objects.equals(move.getPartitionKey(), state.getPartitionKey());
    }

    /** What a command to a workflow comes to that its queue does not let be, or null where it does. */
    static @Nullable Decision refused(
            CommandTable.Outcome outcome, StoredWorkflow workflow, Input.CommandReceived received) {
        QueueAnswered answered = received.queueAnswered();
        boolean depends = switch (outcome) {
            case REOPEN, COPY, RANK, MOVE -> true;
            case STOP, ASK, AS_BEFORE, KILL, PAUSE, UNPAUSE, HURRY, TAKE, SAME, NO -> false;
        };
        String objection = answered == null || !depends ? null : objectionIn(answered);
        if (objection == null) {
            return null;
        }
        String workflowId = workflow.getState().getWorkflowId();
        return answered.getObjection() != null
                ? Replies.invalid(workflowId, workflow, received, objection)
                : Replies.rejected(workflowId, workflow, received, objection);
    }

    /** What a start of a new workflow comes to that its queue does not let be, or null where it does. */
    static @Nullable Decision notStarted(String workflowId, Input.CommandReceived received) {
        QueueAnswered answered = received.queueAnswered();
        String objection = answered == null ? null : objectionIn(answered);
        if (objection == null) {
            return null;
        }
        if (answered.getObjection() != null) {
            return Replies.invalid(workflowId, null, received, objection);
        }
        Command command = received.command();
        boolean takesHolder = command.getStart().getDeduplicationPolicy() == DeduplicationPolicy.RETURN_EXISTING;
        CommandReply reply = Replies.accepted(workflowId, received);
        reply.setReason(objection);
        reply.setDeduplicationHolder(answered.getHolder());
        if (takesHolder) {
            reply.setWorkflowId(answered.getHolder());
            reply.setExisting(true);
        } else {
            reply.setOutcome(CommandOutcome.REJECTED);
        }
        return Decision.tell(new Message.Reply(reply, command.getReplyPartition()));
    }

    /** Why the queue does not let be what it was asked, in words, or null where it does. */
    static @Nullable String objectionIn(QueueAnswered answered) {
        if (answered.getObjection() != null || answered.getHolder() == null) {
            return answered.getObjection();
        }
        return "the deduplication id \"" + answered.getAsked().getDeduplicationId() + "\" on queue \""
                + answered.getAsked().getQueue() + "\" is held by workflow \"" + answered.getHolder()
                + "\", which has not ended";
    }
}
