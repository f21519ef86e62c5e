package io.millrace.engine.machine;

import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/** Decides on what other workflows, and its queue, tell this one. */
final class TransferMachine {
    private TransferMachine() {}

    static Decision decide(String workflowId, @Nullable StoredWorkflow workflow, Input.TransferReceived received) {
        Transfer transfer = received.transfer();
        if (transfer.getStartChild() != null) {
            return FamilyMachine.onStartChild(
                    workflowId,
                    workflow,
                    transfer.getFromWorkflowId(),
                    transfer.getStartChild(),
                    received.queueOrder());
        }
        if (isAboutChild(transfer.getQueueAnswered())) {
            return FamilyMachine.onQueueAnswered(
                    workflowId, workflow, transfer.getQueueAnswered(), received.queueOrder());
        }
        if (transfer.getStopChild() != null) {
            return FamilyMachine.onStopChild(workflow, transfer);
        }
        if (transfer.getChildNews() != null) {
            return FamilyMachine.onChildNews(workflow, transfer);
        }
        if (transfer.getMessage() != null) {
            return MessageMachine.onTransfer(workflowId, workflow, transfer);
        }
        if (transfer.getMessageReceipt() != null) {
            return MessageMachine.onReceipt(workflow, transfer);
        }
        if (transfer.getForkPart() != null) {
            return ForkMachine.onPart(workflowId, workflow, transfer, received.queueOrder());
        }
        if (transfer.getForkReceipt() != null) {
            return ForkMachine.onReceipt(workflowId, workflow, received);
        }
        throw new IllegalArgumentException("the transfer tells a workflow nothing that this engine knows");
    }

    /** One that is about a command comes as that command. */
    private static boolean isAboutChild(@Nullable QueueAnswered answered) {
        return answered != null && answered.getAsked().getStartChild() != null;
    }
}
