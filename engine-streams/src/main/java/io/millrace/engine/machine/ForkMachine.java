package io.millrace.engine.machine;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Fork;
import io.millrace.schemas.ForkAnswered;
import io.millrace.schemas.ForkAsked;
import io.millrace.schemas.ForkPart;
import io.millrace.schemas.ForkReceipt;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Start;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides on forks. The source sends its copy in parts to the new workflow, which may be on another partition; that one takes them or, where its
 * id is taken, does not, and says so; then the source answers the command.
 */
final class ForkMachine {
    /** Why something cannot be done to a workflow of which a part is not there yet. */
    static final String STILL_COPIED =
            "the workflow is a fork itself, and is still being copied; ask again in a moment";

    private ForkMachine() {}

    static Decision ask(StoredWorkflow source, Input.CommandReceived received) {
        Command command = received.command();
        Fork fork = command.getFork();
        WorkflowState state = source.getState();
        Journal journal = Objects.requireNonNull(received.journal(), "what is forked was read before");
        StartPoints.Found from = new StartPoints(journal, source).find(fork.getFrom());
        if (source.getCopying()) {
            return Replies.rejected(state.getWorkflowId(), source, received, STILL_COPIED);
        }
        String objection = from.objection();
        if (objection == null && fork.getNewInput() != null && from.step() != 1) {
            objection =
                    "a fork can have another input only from step 1, where nothing depends on the old one, not from step "
                            + from.step();
        }
        if (objection == null && fork.getWorkflowId().equals(state.getWorkflowId())) {
            objection = "a fork has an id of its own; to run this one again, rewind it";
        }
        if (objection == null) {
            objection = Mailbox.objectionToList(journal.messagesWithout(seq -> seq >= from.step()));
        }
        if (objection != null) {
            return Replies.invalid(state.getWorkflowId(), source, received, objection);
        }
        ForkAsked fact = new ForkAsked(
                command.getCommandId(), command.getIssuer(), command.getReason(), fork.getWorkflowId(), from.step());
        List<Message> parts = new ArrayList<>();
        for (ForkPart part : ForkParts.of(journal, startOf(journal, source, fork), from.step())) {
            part.setCommandId(command.getCommandId());
            part.setIssuer(command.getIssuer());
            part.setReason(command.getReason());
            part.setReplyPartition(command.getReplyPartition());
            Transfer transfer = FamilyMachine.from(state);
            transfer.setForkPart(part);
            parts.add(new Message.ToWorkflow(fork.getWorkflowId(), transfer));
        }
        return new Decision(List.of(Facts.of(fact)), parts);
    }

    private static Start startOf(Journal journal, StoredWorkflow source, Fork fork) {
        Start original = journal.start();
        WorkflowState state = source.getState();
        Start start = new Start();
        start.setWorkflowType(state.getWorkflowType());
        start.setInput(
                fork.getNewInput() == null
                        ? original.getInput()
                        : fork.getNewInput().getInput());
        start.setQueue(fork.getQueue() == null ? state.getQueue() : fork.getQueue());
        if (start.getQueue().equals(state.getQueue())) {
            // What it has there means nothing on another queue.
            start.setPriority(state.getPriority());
            start.setPartitionKey(state.getPartitionKey());
        }
        start.setApplicationVersion(
                fork.getApplicationVersion() == null ? state.getApplicationVersion() : fork.getApplicationVersion());
        start.setTimeoutMs(fork.getTimeoutMs());
        start.setAttributes(original.getAttributes());
        // A trace of its own, that of whoever asked: it is another run, maybe of other code and days later. The link
        // leads back.
        start.setTrace(fork.getTrace());
        start.setLinkedTrace(original.getTrace() == null ? original.getLinkedTrace() : original.getTrace());
        return start;
    }

    /** A part of a copy comes to the new workflow. */
    static Decision onPart(String workflowId, @Nullable StoredWorkflow workflow, Transfer transfer, long queueOrder) {
        ForkPart part = transfer.getForkPart();
        boolean first = part.getPart() == 1;
        if (workflow != null && (first || !isCopy(workflow, transfer))) {
            // Only the first part of a copy that is refused is answered.
            return first
                    ? Decision.tell(receipt(workflowId, transfer, "the workflow id " + workflowId + " is taken"))
                    : Decision.NOTHING;
        }
        if (workflow == null && !first) {
            return Decision.NOTHING;
        }
        List<HistoryFact> facts = new ArrayList<>();
        if (workflow == null) {
            facts.add(Facts.of(started(transfer, queueOrder)));
        }
        part.getMessages().forEach(message -> facts.add(Facts.of(message)));
        facts.add(Facts.of(part.getCopied()));
        return part.getCopied().getMore()
                ? new Decision(facts, List.of())
                : new Decision(facts, List.of(receipt(workflowId, transfer, null)));
    }

    /** A command id is its workflow's own: two sources may be forked by the same one, and to the same id. */
    private static boolean isCopy(StoredWorkflow workflow, Transfer transfer) {
        return workflow.getCopying()
                && transfer.getFromWorkflowId().equals(workflow.getState().getForkedFrom())
                && transfer.getForkPart().getCommandId().equals(workflow.getStartCommandId());
    }

    private static WorkflowStarted started(Transfer transfer, long queueOrder) {
        ForkPart part = transfer.getForkPart();
        WorkflowStarted fact = new WorkflowStarted();
        fact.setCommandId(part.getCommandId());
        fact.setIssuer(part.getIssuer());
        fact.setReason(part.getReason());
        Start start = Objects.requireNonNull(part.getStart(), "the first part of a copy has its start");
        fact.setStart(StartTraces.bounded(start));
        fact.setQueueOrder(queueOrder);
        fact.setForkedFrom(transfer.getFromWorkflowId());
        fact.setForkedFromStep(part.getStartStep());
        return fact;
    }

    private static Message receipt(String workflowId, Transfer transfer, @Nullable String objection) {
        ForkPart part = transfer.getForkPart();
        ForkAnswered answered =
                new ForkAnswered(part.getCommandId(), workflowId, part.getStartStep(), objection == null, objection);
        Transfer receipt = new Transfer();
        receipt.setFromWorkflowId(workflowId);
        receipt.setForkReceipt(new ForkReceipt(part.getReplyPartition(), answered));
        return new Message.ToWorkflow(transfer.getFromWorkflowId(), receipt);
    }

    /** The copy is there, or not: now the command is answered. */
    static Decision onReceipt(String workflowId, @Nullable StoredWorkflow source, Input.TransferReceived received) {
        if (received.answered() != null && received.answered().getOutcome() != CommandOutcome.UNKNOWN) {
            return Decision.NOTHING;
        }
        ForkReceipt receipt = received.transfer().getForkReceipt();
        ForkAnswered answered = receipt.getAnswered();
        CommandOutcome outcome = answered.getAccepted() ? CommandOutcome.ACCEPTED : CommandOutcome.REJECTED;
        CommandReply reply =
                Replies.reply(answered.getCommandId(), CommandKind.FORK.words(), workflowId, outcome, received.atMs());
        reply.setReason(answered.getReason());
        reply.setForkWorkflowId(answered.getAccepted() ? answered.getForkWorkflowId() : null);
        if (source != null) {
            reply.setStatus(source.getState().getStatus());
            reply.setWorkflowType(source.getState().getWorkflowType());
        }
        // One that does not know of it took the place of the one that was asked, which is purged. Whoever asked that
        // still waits.
        boolean asked = source != null && received.answered() != null;
        return new Decision(
                asked ? List.of(Facts.of(answered)) : List.of(),
                List.of(new Message.Reply(reply, receipt.getReplyPartition())));
    }
}
