package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.store.HistoryStore;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.MessageDelivered;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepEnded;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Tells the owner of a workflow of steps that have ended outside of it: messages, children, times. */
final class StepEnds {
    private final HistoryStore history;
    private final Outbound outbound;

    StepEnds(HistoryStore history, Outbound outbound) {
        this.history = history;
        this.outbound = outbound;
    }

    /**
     * Looks through the facts of an entry.
     *
     * @param waitedBefore what the workflow waited for before it
     */
    void tell(StoredWorkflow workflow, HistoryEntry entry, List<WaitingStep> waitedBefore) {
        String owner = Statuses.ownerOf(workflow);
        List<Integer> ended = owner == null ? List.of() : endedBy(entry);
        if (ended.isEmpty()) {
            return;
        }
        Journal journal = journalOf(workflow, entry, waitedBefore);
        for (int seq : ended) {
            journal.step(seq).filter(StepEnds::endsOutside).ifPresent(step -> {
                InboxMessage message = new InboxMessage();
                message.setStepEnded(new StepEnded(
                        workflow.getState().getWorkflowId(), workflow.getState().getEpoch(), step));
                outbound.inbox(owner, message);
            });
        }
    }

    private static List<Integer> endedBy(HistoryEntry entry) {
        List<Integer> ended = new ArrayList<>();
        for (HistoryFact fact : entry.getFacts()) {
            if (fact.getMessageDelivered() != null) {
                ended.add(fact.getMessageDelivered().getSeq());
            } else if (fact.getMessageAnswered() != null) {
                ended.add(fact.getMessageAnswered().getSeq());
            } else if (fact.getChildEnded() != null) {
                ended.add(fact.getChildEnded().getSeq());
            } else if (fact.getWaitElapsed() != null) {
                ended.add(fact.getWaitElapsed().getSeq());
            }
        }
        return ended;
    }

    /** What is told is read off the facts as everything else is; of those before the entry, only what they gave to it is needed. */
    private Journal journalOf(StoredWorkflow workflow, HistoryEntry entry, List<WaitingStep> waitedBefore) {
        Journal journal = Journal.ofWaiting(waitedBefore);
        for (HistoryFact fact : entry.getFacts()) {
            MessageDelivered delivered = fact.getMessageDelivered();
            if (delivered != null && delivered.getEntryNumber() != entry.getNumber()) {
                journal.add(Objects.requireNonNull(
                        history.find(workflow.getState().getWorkflowId(), delivered.getEntryNumber()),
                        "a message that is listed is in the history"));
            }
        }
        journal.add(entry);
        return journal;
    }

    /** A sleep or a retry that is over is the owner's own affair, or it has let go. */
    private static boolean endsOutside(RecordedStep step) {
        return switch (step.getKind()) {
            case RECEIVE, SEND, CHILD -> true;
            case STEP, SLEEP, SET_VALUE, UNKNOWN -> false;
        };
    }
}
