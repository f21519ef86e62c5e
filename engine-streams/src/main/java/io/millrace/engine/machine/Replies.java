package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandNoted;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to commands, and what becomes of a command on the record that changes nothing else. */
final class Replies {
    private Replies() {}

    /** An answer that accepts; who gives it sets the status. */
    static CommandReply accepted(String workflowId, Input.CommandReceived received) {
        return reply(received.command(), workflowId, CommandOutcome.ACCEPTED, received.atMs());
    }

    private static CommandReply reply(Command command, String workflowId, CommandOutcome outcome, long atMs) {
        return reply(command.getCommandId(), wordsOf(command), workflowId, outcome, atMs);
    }

    static CommandReply reply(String commandId, String command, String workflowId, CommandOutcome outcome, long atMs) {
        CommandReply reply = new CommandReply();
        reply.setCommandId(commandId);
        reply.setCommand(command);
        reply.setWorkflowId(workflowId);
        reply.setOutcome(outcome);
        reply.setStatus(WorkflowStatus.UNKNOWN);
        reply.setAtMs(atMs);
        return reply;
    }

    private static String wordsOf(Command command) {
        CommandKind kind = CommandKind.of(command);
        return kind == null ? "unknown" : kind.words();
    }

    /** Why a command cannot have the id of one that was answered before, or null where it is that one, come again. */
    static @Nullable String objectionToSameId(CommandReply answered, Command command) {
        String earlier = answered.getCommand();
        return earlier == null || earlier.equals(wordsOf(command))
                ? null
                : "the command id \"" + command.getCommandId() + "\" is that of an earlier command of this workflow, a "
                        + earlier + "; give each command an id of its own";
    }

    /** The same command came again: it gets the same answer, or none where the first one is still to come. */
    static Decision again(CommandReply answered, Command command) {
        return answered.getOutcome() == CommandOutcome.UNKNOWN
                ? Decision.NOTHING
                : Decision.tell(new Message.Reply(answered, command.getReplyPartition()));
    }

    /** Refused because the command is wrong in itself. */
    static Decision invalid(
            String workflowId, @Nullable StoredWorkflow workflow, Input.CommandReceived received, String reason) {
        Decision decision = rejected(workflowId, workflow, received, reason);
        for (Message message : decision.messages()) {
            if (message instanceof Message.Reply reply) {
                reply.reply().setInvalid(true);
            }
        }
        return decision;
    }

    /** Refused because of how the workflow is, or that there is none. */
    static Decision rejected(
            String workflowId, @Nullable StoredWorkflow workflow, Input.CommandReceived received, String reason) {
        Command command = received.command();
        CommandReply reply = reply(command, workflowId, CommandOutcome.REJECTED, received.atMs());
        reply.setReason(reason);
        if (workflow == null) {
            return Decision.tell(new Message.Reply(reply, command.getReplyPartition()));
        }
        reply.setStatus(workflow.getState().getStatus());
        reply.setWorkflowType(workflow.getState().getWorkflowType());
        return noted(command, reply);
    }

    /** Accepted, because what is asked for is so already. */
    static Decision unchanged(StoredWorkflow workflow, Input.CommandReceived received, String note) {
        CommandReply reply = accepted(workflow.getState().getWorkflowId(), received);
        reply.setStatus(workflow.getState().getStatus());
        reply.setWorkflowType(workflow.getState().getWorkflowType());
        reply.setReason(note);
        return noted(received.command(), reply);
    }

    static Decision noted(Command command, CommandReply reply) {
        CommandNoted fact = new CommandNoted();
        fact.setCommandId(shownId(command.getCommandId()));
        fact.setIssuer(CommandRules.shown(command.getIssuer()));
        fact.setReason(command.getReason() == null ? null : CommandRules.shown(command.getReason()));
        fact.setCommand(wordsOf(command));
        fact.setAccepted(reply.getOutcome() == CommandOutcome.ACCEPTED);
        fact.setAnswer(reply.getReason() == null ? "" : reply.getReason());
        return new Decision(List.of(Facts.of(fact)), List.of(new Message.Reply(reply, command.getReplyPartition())));
    }

    /** Whole if it may be one: what it was answered is found by it. */
    private static String shownId(String commandId) {
        return commandId.length() <= Limits.MAX_ID_CHARS ? commandId : CommandRules.shown(commandId);
    }

    /** Accepted, and something changes. */
    static Decision changed(
            StoredWorkflow workflow,
            Input.CommandReceived received,
            WorkflowStatus status,
            List<HistoryFact> facts,
            List<? extends Message> others) {
        CommandReply reply = accepted(workflow.getState().getWorkflowId(), received);
        reply.setStatus(status);
        reply.setWorkflowType(workflow.getState().getWorkflowType());
        List<Message> messages = new ArrayList<>(others);
        messages.add(new Message.Reply(reply, received.command().getReplyPartition()));
        return new Decision(facts, messages);
    }

    /** For the owner, where there is one. */
    static List<Message> toOwner(StoredWorkflow workflow, InboxMessage body) {
        String owner = Statuses.ownerOf(workflow);
        return owner == null ? List.of() : List.of(new Message.ToWorker(owner, body));
    }
}
