package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.store.HistoryStore;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.ChildFailures;
import io.millrace.schemas.Failure;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.MessageAnswered;
import io.millrace.schemas.MessageDelivered;
import io.millrace.schemas.MessageReceived;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepEnded;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the owner of a workflow of steps that have ended outside of it: messages, children, times. */
final class StepEnds {
    private final HistoryStore history;
    private final Outbound outbound;

    StepEnds(HistoryStore history, Outbound outbound) {
        this.history = history;
        this.outbound = outbound;
    }

    /** Looks through the facts of an entry. */
    void tell(StoredWorkflow workflow, HistoryEntry entry, List<WaitingStep> waitedBefore) {
        String owner = Statuses.ownerOf(workflow);
        if (owner == null) {
            return;
        }
        for (HistoryFact fact : entry.getFacts()) {
            RecordedStep step = ended(workflow, fact, entry, waitedBefore);
            if (step != null) {
                InboxMessage message = new InboxMessage();
                message.setStepEnded(new StepEnded(
                        workflow.getState().getWorkflowId(), workflow.getState().getEpoch(), step));
                outbound.inbox(owner, message);
            }
        }
    }

    private @Nullable RecordedStep ended(
            StoredWorkflow workflow, HistoryFact fact, HistoryEntry entry, List<WaitingStep> waitedBefore) {
        if (fact.getMessageDelivered() != null) {
            return delivered(workflow, fact.getMessageDelivered(), entry);
        }
        if (fact.getMessageAnswered() != null) {
            return answered(fact.getMessageAnswered(), entry.getAtMs());
        }
        if (fact.getChildEnded() != null) {
            return childEnded(fact.getChildEnded(), entry.getAtMs());
        }
        return fact.getWaitElapsed() == null
                ? null
                : elapsed(fact.getWaitElapsed().getSeq(), waitedBefore, entry.getAtMs());
    }

    private RecordedStep delivered(StoredWorkflow workflow, MessageDelivered delivered, HistoryEntry entry) {
        HistoryEntry holder = delivered.getEntryNumber() == entry.getNumber()
                ? entry
                : Objects.requireNonNull(
                        history.find(workflow.getState().getWorkflowId(), delivered.getEntryNumber()),
                        "a message that is listed is in the history");
        for (HistoryFact fact : holder.getFacts()) {
            MessageReceived message = messageIn(fact, delivered.getNumber());
            if (message != null) {
                RecordedStep step = step(delivered.getSeq(), message.getTopic(), StepKind.RECEIVE, entry.getAtMs());
                step.setOutput(message.getPayload());
                step.setUnconfirmedMessage(message.getNumber());
                return step;
            }
        }
        throw new IllegalStateException("entry " + delivered.getEntryNumber() + " of workflow "
                + workflow.getState().getWorkflowId() + " does not hold message " + delivered.getNumber());
    }

    private static @Nullable MessageReceived messageIn(HistoryFact fact, long number) {
        MessageReceived message = fact.getMessageReceived();
        if (fact.getStepsCopied() != null) {
            return fact.getStepsCopied().getSteps().stream()
                    .map(Journal::messageIn)
                    .filter(copied -> copied != null && copied.getNumber() == number)
                    .findFirst()
                    .orElse(null);
        }
        return message != null && message.getNumber() == number ? message : null;
    }

    private static RecordedStep answered(MessageAnswered answered, long atMs) {
        RecordedStep step = step(answered.getSeq(), "", StepKind.SEND, atMs);
        if (!answered.getAccepted()) {
            step.setStatus(StepStatus.FAILED);
            step.setFailure(new Failure(
                    "io.millrace.MessageRejected", answered.getReason() == null ? "" : answered.getReason(), null));
        }
        return step;
    }

    private static RecordedStep childEnded(ChildEnded ended, long atMs) {
        RecordedStep step = step(ended.getSeq(), "", StepKind.CHILD, atMs);
        step.setChildWorkflowId(ended.getChildWorkflowId());
        if (ended.getStatus() == WorkflowStatus.COMPLETED) {
            step.setOutput(ended.getOutput());
        } else {
            step.setStatus(StepStatus.FAILED);
            step.setFailure(ChildFailures.of(ended.getStatus(), ended.getFailure()));
        }
        return step;
    }

    /** Only a wait for a message ends in the owner's hands; the others are the owner's own affair, or it has let go. */
    private static @Nullable RecordedStep elapsed(int seq, List<WaitingStep> waitedBefore, long atMs) {
        for (WaitingStep waited : waitedBefore) {
            if (waited.getSeq() == seq && waited.getKind() == StepKind.RECEIVE) {
                RecordedStep step = step(seq, waited.getName(), StepKind.RECEIVE, atMs);
                step.setUnconfirmedMessage(0L);
                return step;
            }
        }
        return null;
    }

    private static RecordedStep step(int seq, String name, StepKind kind, long atMs) {
        RecordedStep step = new RecordedStep();
        step.setSeq(seq);
        step.setName(name);
        step.setKind(kind);
        step.setStatus(StepStatus.COMPLETED);
        step.setCompletedAtMs(atMs);
        return step;
    }
}
