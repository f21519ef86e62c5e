package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MessageAnswered;
import io.millrace.schemas.MessageDelivered;
import io.millrace.schemas.MessageReceipt;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.MessageSent;
import io.millrace.schemas.PendingMessage;
import io.millrace.schemas.SendMessage;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowMessage;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on messages: taken or refused when they come, and given to the steps that wait for them, in order. */
final class MessageMachine {
    private MessageMachine() {}

    static Decision onCommand(StoredWorkflow workflow, Input.CommandReceived received) {
        Command command = received.command();
        SendMessage send = command.getSendMessage();
        WorkflowState state = workflow.getState();
        String objection = objectionTo(workflow, send.getPayload().getData().remaining());
        if (objection != null) {
            return Replies.rejected(state.getWorkflowId(), workflow, received, objection);
        }
        MessageReceived message = new MessageReceived();
        message.setTopic(send.getTopic());
        message.setPayload(send.getPayload());
        message.setSender(command.getIssuer());
        message.setCommandId(command.getCommandId());
        message.setIdempotencyKey(send.getIdempotencyKey());
        return Replies.changed(workflow, received, state.getStatus(), taken(workflow, message), List.of());
    }

    /** Another workflow sends a message, and is told what became of it. */
    static Decision onTransfer(String workflowId, @Nullable StoredWorkflow workflow, Transfer transfer) {
        WorkflowMessage sent = transfer.getMessage();
        String objection = workflow == null
                ? "there is no workflow with this id"
                : objectionTo(workflow, sent.getPayload().getData().remaining());
        boolean accepted = workflow != null && objection == null;
        Transfer receipt = new Transfer();
        receipt.setFromWorkflowId(workflowId);
        receipt.setMessageReceipt(new MessageReceipt(
                sent.getSenderRun(), new MessageAnswered(sent.getSenderStep(), accepted, objection)));
        Message answer = new Message.ToWorkflow(transfer.getFromWorkflowId(), receipt);
        if (!accepted) {
            return Decision.tell(answer);
        }
        MessageReceived message = new MessageReceived();
        message.setTopic(sent.getTopic());
        message.setPayload(sent.getPayload());
        message.setSender("workflow " + transfer.getFromWorkflowId());
        return new Decision(taken(workflow, message), List.of(answer));
    }

    private static @Nullable String objectionTo(StoredWorkflow workflow, int bytes) {
        WorkflowStatus status = workflow.getState().getStatus();
        if (!Statuses.isOpen(status)) {
            return CommandTable.refusal(CommandKind.SEND_MESSAGE, status);
        }
        if (workflow.getCopying()) {
            // Its messages are numbered by the source, and may still be on their way.
            return ForkMachine.STILL_COPIED;
        }
        if (new Mailbox(workflow).isFull()) {
            return "the workflow has " + Limits.MAX_PENDING_MESSAGES
                    + " messages that it has not received, and that is the limit";
        }
        long total = workflow.getHistoryBytes() + bytes;
        return total <= Limits.MAX_HISTORY_BYTES
                ? null
                : "the workflow's record would have " + total + " bytes; the limit is " + Limits.MAX_HISTORY_BYTES;
    }

    private static List<HistoryFact> taken(StoredWorkflow workflow, MessageReceived message) {
        message.setNumber(new Mailbox(workflow).nextNumber());
        List<HistoryFact> facts = new ArrayList<>(List.of(Facts.of(message)));
        WaitingStep receiver = new StepProgress(workflow).receiver(message.getTopic());
        if (receiver != null) {
            facts.add(Facts.of(
                    new MessageDelivered(receiver.getSeq(), message.getNumber(), workflow.getHistoryNumber() + 1)));
        }
        return facts;
    }

    /** A step has begun to wait: it gets the first message of its topic, if one is there. */
    static List<HistoryFact> onReceiveStarted(Mailbox mailbox, int seq, String topic) {
        PendingMessage first = mailbox.first(topic);
        return first == null
                ? List.of()
                : List.of(Facts.of(new MessageDelivered(seq, first.getNumber(), first.getEntryNumber())));
    }

    /** The workflow sends a message to another one: tells that, or says why there can be none of this id. */
    static Decision sent(StoredWorkflow workflow, MessageSent sent) {
        String objection = Ids.objectionTo("workflow id", sent.getWorkflowId());
        if (objection == null) {
            objection = CommandRules.objectionToTopic(sent.getTopic());
        }
        if (objection != null) {
            return Decision.of(Facts.of(new MessageAnswered(sent.getSeq(), false, objection)));
        }
        Transfer transfer = FamilyMachine.from(workflow.getState());
        transfer.setMessage(
                new WorkflowMessage(sent.getSeq(), workflow.getState().getRun(), sent.getTopic(), sent.getPayload()));
        return Decision.tell(new Message.ToWorkflow(sent.getWorkflowId(), transfer));
    }

    /** What became of a message that this workflow sent. */
    static Decision onReceipt(@Nullable StoredWorkflow workflow, Transfer transfer) {
        MessageReceipt receipt = transfer.getMessageReceipt();
        if (workflow == null || receipt.getRun() != workflow.getState().getRun()) {
            return Decision.NOTHING;
        }
        WaitingStep step =
                new StepProgress(workflow).waiting(receipt.getAnswered().getSeq());
        return step == null || step.getKind() != StepKind.SEND
                ? Decision.NOTHING
                : Decision.of(Facts.of(receipt.getAnswered()));
    }
}
