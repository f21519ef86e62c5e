package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandNoted;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on commands: each is answered once, accepted or rejected with a reason, and goes on the workflow's record. */
final class CommandMachine {
    Decision decide(String workflowId, @Nullable StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        String objection = CommandRules.objectionTo(workflowId, command);
        if (objection == null && command.getStart() == null) {
            objection = "the command has no body that this engine knows; is the engine older than the client?";
        }
        if (objection != null) {
            return rejected(workflowId, workflow, received, objection);
        }
        return workflow == null ? started(workflowId, received) : alreadyStarted(workflowId, workflow, received);
    }

    private static Decision started(String workflowId, Input.CommandReceived received) {
        Command command = received.command();
        boolean delayed =
                command.getStart().getDelayMs() != null && command.getStart().getDelayMs() > 0;
        var fact = new WorkflowStarted(
                command.getCommandId(),
                command.getIssuer(),
                command.getReason(),
                command.getStart(),
                received.queueOrder());
        CommandReply reply = reply(workflowId, received, CommandOutcome.ACCEPTED);
        reply.setStatus(delayed ? WorkflowStatus.DELAYED : WorkflowStatus.ENQUEUED);
        reply.setWorkflowType(command.getStart().getWorkflowType());
        return new Decision(List.of(Facts.of(fact)), List.of(new Message.Reply(reply, command.getReplyPartition())));
    }

    /** The id is an idempotency key: the first run stands, and whoever asks again is told of it. */
    private static Decision alreadyStarted(String workflowId, StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        boolean repeated = command.getCommandId().equals(workflow.getStartCommandId());
        CommandReply reply = reply(workflowId, received, CommandOutcome.ACCEPTED);
        reply.setStatus(workflow.getState().getStatus());
        reply.setWorkflowType(workflow.getState().getWorkflowType());
        var answer = new Message.Reply(reply, command.getReplyPartition());
        if (repeated) {
            return Decision.tell(answer);
        }
        reply.setExisting(true);
        reply.setReason("the workflow id is taken: the first run stands");
        return new Decision(List.of(Facts.of(noted(command, true, reply.getReason()))), List.of(answer));
    }

    private static Decision rejected(
            String workflowId, @Nullable StoredWorkflow workflow, Input.CommandReceived received, String reason) {
        Command command = received.command();
        CommandReply reply = reply(workflowId, received, CommandOutcome.REJECTED);
        reply.setReason(reason);
        var answer = new Message.Reply(reply, command.getReplyPartition());
        if (workflow == null) {
            return Decision.tell(answer);
        }
        reply.setStatus(workflow.getState().getStatus());
        reply.setWorkflowType(workflow.getState().getWorkflowType());
        return new Decision(List.of(Facts.of(noted(command, false, reason))), List.of(answer));
    }

    private static CommandNoted noted(Command command, boolean accepted, String answer) {
        String kind = command.getStart() != null ? "start" : "unknown";
        return new CommandNoted(
                CommandRules.shown(command.getCommandId()),
                CommandRules.shown(command.getIssuer()),
                command.getReason() == null ? null : CommandRules.shown(command.getReason()),
                kind,
                accepted,
                answer);
    }

    private static CommandReply reply(String workflowId, Input.CommandReceived received, CommandOutcome outcome) {
        CommandReply reply = new CommandReply();
        reply.setCommandId(received.command().getCommandId());
        reply.setWorkflowId(workflowId);
        reply.setOutcome(outcome);
        reply.setStatus(WorkflowStatus.UNKNOWN);
        reply.setAtMs(received.atMs());
        return reply;
    }
}
