package io.millrace.engine.machine;

import io.millrace.schemas.CancelCompleted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of one event as they are taken, one by one, with what follows from them at once. */
final class ReportedFacts {
    private final StoredWorkflow workflow;
    private final StepProgress progress;
    private final Mailbox mailbox;
    private final List<HistoryFact> facts = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private boolean cancelSurfaced;

    ReportedFacts(StoredWorkflow workflow) {
        this.workflow = workflow;
        this.progress = new StepProgress(workflow);
        this.mailbox = new Mailbox(workflow);
        this.cancelSurfaced =
                workflow.getCancel() != null && workflow.getCancel().getNotice().getSurfacedAfterStep() != null;
    }

    List<HistoryFact> facts() {
        return facts;
    }

    List<Message> messages() {
        return messages;
    }

    /** Why a fact cannot be taken even from the owner, or null. */
    @Nullable
    String objectionTo(WorkerFact fact) {
        String objection = StepMachine.objectionTo(fact, progress);
        if (objection != null) {
            return objection;
        }
        if (fact.getReceiveSeen() != null) {
            return objectionToSeen(
                    fact.getReceiveSeen().getSeq(), fact.getReceiveSeen().getMessageNumber());
        }
        boolean cancelled = fact.getCancelSurfaced() != null || fact.getStepCancelled() != null;
        if (cancelled && workflow.getCancel() == null) {
            return "its code was told of a cancel that is not on record";
        }
        if (fact.getWorkflowCancelled() != null && !cancelSurfaced) {
            return "it ends because of a cancel that its code was not told of";
        }
        return null;
    }

    /** It may have read of a message in a transaction that was aborted, and then it came out otherwise. */
    private @Nullable String objectionToSeen(int seq, long number) {
        if (!progress.hasEnded(seq)) {
            return "it saw message " + number + " in step " + seq + ", which has not ended";
        }
        Long recorded = mailbox.unconfirmed(seq);
        // Nothing to confirm: it was confirmed before, or is a copy.
        return recorded == null || recorded == number
                ? null
                : "it saw message " + number + " in step " + seq + "; on record is message " + recorded;
    }

    /** Takes a fact that there is no objection to. What is on record already changes nothing. */
    void take(WorkerFact fact) {
        if (!isNew(fact)) {
            return;
        }
        facts.add(Facts.of(fact));
        if (fact.getReceiveStarted() != null) {
            var receive = fact.getReceiveStarted();
            MessageMachine.onReceiveStarted(mailbox, receive.getSeq(), receive.getTopic())
                    .forEach(this::follow);
        } else if (fact.getMessageSent() != null) {
            Decision sent = MessageMachine.sent(workflow, fact.getMessageSent());
            sent.facts().forEach(this::follow);
            messages.addAll(sent.messages());
        } else if (fact.getChildStarted() != null) {
            Decision child = FamilyMachine.onChildStarted(workflow, fact.getChildStarted());
            child.facts().forEach(this::follow);
            messages.addAll(child.messages());
        } else if (fact.getCancelSurfaced() != null) {
            cancelSurfaced = true;
        } else if (fact.getWorkflowCancelled() != null && !progress.hasChildrenToStop()) {
            facts.add(Facts.of(new CancelCompleted()));
        }
    }

    private void follow(HistoryFact fact) {
        facts.add(fact);
        if (fact.getMessageDelivered() != null) {
            progress.end(fact.getMessageDelivered().getSeq());
            mailbox.deliver(
                    fact.getMessageDelivered().getSeq(),
                    fact.getMessageDelivered().getNumber());
        } else if (fact.getMessageAnswered() != null) {
            progress.end(fact.getMessageAnswered().getSeq());
        } else if (fact.getChildEnded() != null) {
            progress.end(fact.getChildEnded().getSeq());
        }
    }

    private boolean isNew(WorkerFact fact) {
        if (fact.getReceiveSeen() != null) {
            return mailbox.confirm(fact.getReceiveSeen().getSeq());
        }
        return fact.getCancelSurfaced() != null ? !cancelSurfaced : StepMachine.take(fact, progress);
    }
}
