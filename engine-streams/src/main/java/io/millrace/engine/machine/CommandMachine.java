package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on commands: each is answered once, accepted or rejected with a reason, and goes on the workflow's record. */
final class CommandMachine {
    private CommandMachine() {}

    static Decision decide(String workflowId, @Nullable StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        if (received.answered() != null
                && command.getCommandId().equals(received.answered().getCommandId())) {
            String other = Replies.objectionToSameId(received.answered(), command);
            return other == null
                    ? Replies.again(received.answered(), command)
                    : Replies.invalid(workflowId, workflow, received, other);
        }
        CommandKind kind = CommandKind.of(command);
        String objection = CommandRules.objectionTo(workflowId, command);
        if (objection == null && kind == null) {
            objection =
                    "the command has not exactly one body that this engine knows; is the engine older than the client?";
        }
        if (objection != null || kind == null) {
            return Replies.invalid(workflowId, workflow, received, objection == null ? "" : objection);
        }
        if (kind == CommandKind.START) {
            return workflow == null ? start(workflowId, received) : alreadyStarted(workflow, received);
        }
        return workflow == null
                ? Replies.rejected(workflowId, null, received, "there is no workflow with this id")
                : control(kind, workflow, received);
    }

    private static Decision control(CommandKind kind, StoredWorkflow workflow, Input.CommandReceived received) {
        WorkflowStatus status = workflow.getState().getStatus();
        if (received.answered() != null) {
            // Whatever became of the workflow meanwhile: the message was taken.
            return Replies.unchanged(
                    workflow, received, "a message of this idempotency key was taken before: nothing has changed");
        }
        CommandTable.Outcome outcome = CommandTable.of(kind, status);
        if (outcome == CommandTable.Outcome.AS_BEFORE && workflow.getPausedFrom() != null) {
            outcome = CommandTable.of(kind, workflow.getPausedFrom());
        }
        Decision refused = QueueMachine.refused(outcome, workflow, received);
        return refused != null ? refused : control(outcome, kind, workflow, received);
    }

    private static Decision control(
            CommandTable.Outcome outcome, CommandKind kind, StoredWorkflow workflow, Input.CommandReceived received) {
        WorkflowStatus status = workflow.getState().getStatus();
        return switch (outcome) {
            case STOP, ASK -> ControlMachine.cancel(workflow, received);
            case KILL -> ControlMachine.terminate(workflow, received);
            case PAUSE -> ControlMachine.pause(workflow, received);
            case UNPAUSE -> ControlMachine.unpause(workflow, received);
            case HURRY -> ControlMachine.expedite(workflow, received);
            case REOPEN -> ReopenMachine.reopen(kind, workflow, received);
            case COPY -> ForkMachine.ask(workflow, received);
            case TAKE -> MessageMachine.onCommand(workflow, received);
            case RANK -> QueueMachine.setPriority(workflow, received);
            case MOVE -> QueueMachine.move(workflow, received);
            case SAME ->
                Replies.unchanged(workflow, received, "the workflow is " + status + " already: nothing has changed");
            case NO, AS_BEFORE ->
                Replies.rejected(
                        workflow.getState().getWorkflowId(), workflow, received, CommandTable.refusal(kind, status));
        };
    }

    private static Decision start(String workflowId, Input.CommandReceived received) {
        Decision refused = QueueMachine.notStarted(workflowId, received);
        return refused != null ? refused : started(workflowId, received);
    }

    private static Decision started(String workflowId, Input.CommandReceived received) {
        Command command = received.command();
        boolean delayed =
                command.getStart().getDelayMs() != null && command.getStart().getDelayMs() > 0;
        WorkflowStarted fact = new WorkflowStarted();
        fact.setCommandId(command.getCommandId());
        fact.setIssuer(command.getIssuer());
        fact.setReason(command.getReason());
        fact.setStart(StartTraces.bounded(command.getStart()));
        fact.setQueueOrder(received.queueOrder());
        CommandReply reply = Replies.accepted(workflowId, received);
        reply.setStatus(delayed ? WorkflowStatus.DELAYED : WorkflowStatus.ENQUEUED);
        reply.setWorkflowType(command.getStart().getWorkflowType());
        return new Decision(List.of(Facts.of(fact)), List.of(new Message.Reply(reply, command.getReplyPartition())));
    }

    /** The id is an idempotency key: the first run stands, and whoever asks again is told of it. */
    private static Decision alreadyStarted(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        boolean repeated = command.getCommandId().equals(workflow.getStartCommandId());
        String workflowId = workflow.getState().getWorkflowId();
        CommandReply reply = Replies.accepted(workflowId, received);
        reply.setStatus(workflow.getState().getStatus());
        reply.setWorkflowType(workflow.getState().getWorkflowType());
        if (repeated) {
            return Decision.tell(new Message.Reply(reply, command.getReplyPartition()));
        }
        reply.setExisting(true);
        reply.setReason("the workflow id is taken: the first run stands");
        return Replies.noted(command, reply);
    }
}
