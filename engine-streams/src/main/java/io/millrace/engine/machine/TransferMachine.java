package io.millrace.engine.machine;

import io.millrace.schemas.Transfer;
import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/** Decides on what other workflows tell this one. */
final class TransferMachine {
    private TransferMachine() {}

    static Decision decide(String workflowId, @Nullable StoredWorkflow workflow, Input.TransferReceived received) {
        Transfer transfer = received.transfer();
        if (transfer.getStartChild() != null) {
            return FamilyMachine.onStartChild(workflowId, workflow, transfer, received.queueOrder());
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
            return ForkMachine.onReceipt(workflow, received);
        }
        throw new IllegalArgumentException("the transfer tells nothing that this engine knows");
    }
}
