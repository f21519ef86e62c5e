package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds between a workflow's history and its state. */
public final class RecordLaws {
    private final String id;
    private final List<HistoryEntry> history;
    private final @Nullable StoredWorkflow workflow;

    /** Laws for one workflow, as it is now. */
    public RecordLaws(String id, List<HistoryEntry> history, @Nullable StoredWorkflow workflow) {
        this.id = id;
        this.history = history;
        this.workflow = workflow;
    }

    /** Its state follows from its history alone. */
    public void mustBeTheFoldOfItsHistory() {
        StoredWorkflow folded = null;
        for (int i = 0; i < history.size(); i++) {
            HistoryEntry entry = history.get(i);
            assertEquals(i + 1, entry.getNumber(), "without gaps");
            folded = new FactApplier(id).applyAll(folded, entry.getFacts(), entry.getAtMs());
            folded.setHistoryNumber(entry.getNumber());
        }
        assertEquals(folded, workflow);
    }

    /** What workers and those who ask are shown is what the machine decides by. */
    public void mustAgreeWithItsJournal() {
        if (workflow == null) {
            return;
        }
        Journal journal = new Journal();
        history.forEach(journal::add);
        Set<Integer> ended = new TreeSet<>(workflow.getEndedAhead());
        for (int seq = 1; seq <= workflow.getEndedThrough(); seq++) {
            ended.add(seq);
        }
        assertEquals(ended, seqs(journal, StepRecords::hasEnded), () -> "steps that have ended: " + history);
        assertEquals(ended.size(), workflow.getState().getStepCount());
        Set<Integer> waiting = workflow.getWaitingSteps().stream()
                .map(WaitingStep::getSeq)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> begun = seqs(journal, step -> !StepRecords.hasEnded(step));
        // A heartbeat alone does not make a step wait.
        begun.removeIf(seq -> journal.step(seq).orElseThrow().getKind() == StepKind.STEP && !waiting.contains(seq));
        begun.removeIf(seq -> journal.step(seq).orElseThrow().getHeartbeatDetails() != null && !waiting.contains(seq));
        assertEquals(waiting, begun, "steps that have begun");
        assertEquals(
                workflow.getPendingMessages(),
                Journal.listed(journal.messagesWithout(seq -> false)),
                "messages that nobody has received");
        mustKnowWhatIsUnconfirmed(journal);
    }

    private void mustKnowWhatIsUnconfirmed(Journal journal) {
        workflow.getUnconfirmedReceives().forEach(receive -> {
            RecordedStep step = journal.step(receive.getSeq()).orElseThrow();
            assertEquals(receive.getMessageNumber(), step.getUnconfirmedMessage());
            assertEquals(StepStatus.COMPLETED, step.getStatus());
        });
    }

    private static Set<Integer> seqs(Journal journal, Predicate<RecordedStep> which) {
        return journal.steps().stream()
                .filter(which)
                .map(RecordedStep::getSeq)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Between two runs, at least: what a reopening drops may be recorded again. */
    public void mustHaveRecordedEachStepOnce() {
        Set<Integer> recorded = new HashSet<>();
        for (HistoryFact fact : facts()) {
            Integer seq = endOf(fact);
            if (seq != null) {
                assertTrue(recorded.add(seq), () -> "step " + seq + " has ended twice: " + history);
            }
            if (fact.getReopened() != null) {
                recorded.removeIf(Control.droppedBy(fact.getReopened())::test);
            }
        }
    }

    /** The steps that are on record as ended after this fact, if these were before it. */
    public static void recordEnd(HistoryFact fact, Set<Integer> recorded) {
        Integer seq = endOf(fact);
        if (seq != null) {
            recorded.add(seq);
        }
        if (fact.getStepsCopied() != null) {
            fact.getStepsCopied().getSteps().stream()
                    .filter(StepRecords::hasEnded)
                    .forEach(step -> recorded.add(step.getSeq()));
        }
        if (fact.getReopened() != null) {
            recorded.removeIf(Control.droppedBy(fact.getReopened())::test);
        }
    }

    private static @Nullable Integer endOf(HistoryFact fact) {
        return switch (FactKind.of(fact)) {
            case STEP_COMPLETED -> fact.getStepCompleted().getSeq();
            case STEP_CANCELLED -> fact.getStepCancelled().getSeq();
            case VALUE_SET -> fact.getValueSet().getSeq();
            case MESSAGE_DELIVERED -> fact.getMessageDelivered().getSeq();
            case MESSAGE_ANSWERED -> fact.getMessageAnswered().getSeq();
            case CHILD_ENDED -> fact.getChildEnded().getSeq();
            default -> null;
        };
    }

    /** An execution ends before the next one begins, and a closed or paused workflow is granted to nobody. */
    public void mustHaveHadOneOwnerInEachEpoch() {
        long epoch = 0;
        boolean owned = false;
        boolean runs = false;
        for (HistoryFact fact : facts()) {
            FactKind kind = FactKind.of(fact);
            switch (kind) {
                case WORKFLOW_STARTED -> {
                    runs = true;
                    epoch = fact.getWorkflowStarted().getEpoch();
                }
                case UNPAUSED -> runs = true;
                case PAUSED -> runs = false;
                case CANCEL_ASKED -> runs = true;
                case REOPENED -> {
                    runs = true;
                    owned = false;
                }
                case GRANTED -> {
                    assertTrue(runs, "it is to be run");
                    assertFalse(owned, "nobody owned it");
                    assertEquals(++epoch, fact.getGranted().getEpoch(), "epochs rise by one");
                    owned = true;
                }
                case RELEASED, WORKER_LOST, PARKED, WORKFLOW_CANCELLED -> {
                    assertTrue(owned, () -> "somebody owned it: " + history);
                    owned = false;
                }
                default -> runs &= !kind.closes();
            }
        }
    }

    /** Every child that was started, and that no reopening has dropped, has one end; all else has happened. */
    public void mustHaveHeardOfEachChildOnce() {
        Set<Integer> open = new HashSet<>();
        for (HistoryFact fact : facts()) {
            if (fact.getChildStarted() != null) {
                assertTrue(open.add(fact.getChildStarted().getSeq()), "a child is started once");
            } else if (fact.getChildEnded() != null) {
                assertTrue(open.remove(fact.getChildEnded().getSeq()), "a child ends once");
            } else if (fact.getReopened() != null) {
                Reopened reopened = fact.getReopened();
                open.removeIf(Control.droppedBy(reopened)::test);
            }
        }
        assertEquals(Set.of(), open, () -> "children of " + id + " that never ended: " + history);
    }

    private List<HistoryFact> facts() {
        return history.stream().flatMap(entry -> entry.getFacts().stream()).toList();
    }
}
