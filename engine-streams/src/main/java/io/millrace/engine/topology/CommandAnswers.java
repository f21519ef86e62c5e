package io.millrace.engine.topology;

import io.millrace.engine.machine.Decision;
import io.millrace.engine.machine.Message;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.ForkAnswered;
import io.millrace.schemas.ForkAsked;
import io.millrace.schemas.ForkOfWorkflow;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/** Remembers what commands were answered, so that the same one again has the same answer and no second effect. */
final class CommandAnswers {
    private final PartitionStores stores;

    CommandAnswers(PartitionStores stores) {
        this.stores = stores;
    }

    /** What the command, or a message of its idempotency key, was answered. */
    @Nullable
    CommandReply find(String workflowId, Command command) {
        CommandReply answered = toCommand(workflowId, command.getCommandId());
        boolean isMessage = command.getSendMessage() != null;
        String key = isMessage ? command.getSendMessage().getIdempotencyKey() : null;
        return answered == null && key != null && isKept(key) ? stores.answers().toMessage(workflowId, key) : answered;
    }

    /** What a command was answered: UNKNOWN where the answer is still to come. */
    @Nullable
    CommandReply toCommand(String workflowId, String commandId) {
        return isKept(commandId) ? stores.answers().toCommand(workflowId, commandId) : null;
    }

    /** Keeps the answers of a decision that has changed a workflow, and of one that is answered only later, that it is. */
    void keep(StoredWorkflow workflow, Decision decision, long atMs) {
        String workflowId = workflow.getState().getWorkflowId();
        for (HistoryFact fact : decision.facts()) {
            if (fact.getForkAsked() != null) {
                stores.answers().keep(workflowId, awaited(workflowId, fact.getForkAsked(), atMs));
            } else if (fact.getForkAnswered() != null && fact.getForkAnswered().getAccepted()) {
                ForkAnswered fork = fact.getForkAnswered();
                stores.forks().add(workflowId, new ForkOfWorkflow(fork.getForkWorkflowId(), fork.getStartStep(), atMs));
            }
        }
        for (Message message : decision.messages()) {
            if (message instanceof Message.Reply reply) {
                keep(workflow, decision, reply.reply());
            }
        }
    }

    private void keep(StoredWorkflow workflow, Decision decision, CommandReply reply) {
        String workflowId = workflow.getState().getWorkflowId();
        // What started the workflow is in its state.
        boolean isStart = reply.getCommandId().equals(workflow.getStartCommandId());
        if (!isStart && isKept(reply.getCommandId()) && isFirst(workflowId, reply.getCommandId())) {
            stores.answers().keep(workflowId, reply);
        }
        for (HistoryFact fact : decision.facts()) {
            String key = fact.getMessageReceived() == null
                    ? null
                    : fact.getMessageReceived().getIdempotencyKey();
            if (key != null) {
                stores.answers().keep(workflowId, key, reply);
            }
        }
    }

    /** What is answered to another command of the same id must not take the place of the answer to the first one. */
    private boolean isFirst(String workflowId, String commandId) {
        CommandReply kept = stores.answers().toCommand(workflowId, commandId);
        return kept == null || kept.getOutcome() == CommandOutcome.UNKNOWN;
    }

    private static CommandReply awaited(String workflowId, ForkAsked fork, long atMs) {
        CommandReply reply = new CommandReply();
        reply.setCommandId(fork.getCommandId());
        reply.setCommand("fork");
        reply.setWorkflowId(workflowId);
        reply.setOutcome(CommandOutcome.UNKNOWN);
        reply.setStatus(WorkflowStatus.UNKNOWN);
        reply.setAtMs(atMs);
        return reply;
    }

    /** Longer ids are refused before anything is done, each time anew; they would make keys of any size. */
    private static boolean isKept(String id) {
        return id.length() <= Limits.MAX_ID_CHARS;
    }
}
