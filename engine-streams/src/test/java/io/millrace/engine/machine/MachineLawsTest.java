package io.millrace.engine.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds in every life of a workflow, whatever comes in which order. */
class MachineLawsTest {
    private static final String ID = "order-1";

    static {
        Samples.ready();
    }

    private final WorkflowMachine machine = new WorkflowMachine(3);

    @Test
    void shouldHoldInEveryLife() {
        Seeded.forEach(1_500, chance -> {
            Life life = new Life(chance);
            for (int i = 0; i < 60; i++) {
                life.live();
            }
            life.mustBeTheFoldOfItsHistory();
            life.mustHaveRecordedEachStepOnce();
            life.mustHaveHadOneOwnerInEachEpoch();
        });
    }

    private final class Life {
        private final Seeded chance;
        private final List<HistoryEntry> history = new ArrayList<>();
        private @Nullable StoredWorkflow workflow;
        private long now = 1_000;

        private Life(Seeded chance) {
            this.chance = chance;
        }

        private void live() {
            now += chance.below(30);
            Input input = anything();
            StoredWorkflow before = copy();
            Decision decision = machine.decide(ID, workflow, input);
            assertEquals(before, workflow, "to decide changes nothing");
            assertEquals(decision, machine.decide(ID, workflow, input), "to decide again is to decide the same");
            take(decision.facts());
            if (before != null && !Statuses.isOpen(before.getState().getStatus())) {
                mustStayClosed(before, decision);
            }
            if (input instanceof Input.EventReceived) {
                Decision again = machine.decide(ID, workflow, input);
                assertEquals(List.of(), again.facts(), "a record that comes twice counts once: " + input);
            }
        }

        private void take(List<HistoryFact> facts) {
            if (!facts.isEmpty()) {
                workflow = new FactApplier(ID).applyAll(workflow, facts, now);
                history.add(new HistoryEntry((long) history.size() + 1, now, facts));
            }
        }

        private void mustStayClosed(StoredWorkflow before, Decision decision) {
            for (HistoryFact fact : decision.facts()) {
                assertEquals(FactKind.COMMAND_NOTED, FactKind.of(fact), "closed is closed");
            }
            StoredWorkflow after = copy();
            assertTrue(after != null);
            after.getState().setUpdatedAtMs(before.getState().getUpdatedAtMs());
            assertEquals(before, after);
        }

        private void mustBeTheFoldOfItsHistory() {
            StoredWorkflow folded = null;
            for (HistoryEntry entry : history) {
                folded = new FactApplier(ID).applyAll(folded, entry.getFacts(), entry.getAtMs());
            }
            assertEquals(folded, workflow);
        }

        private void mustHaveRecordedEachStepOnce() {
            Set<Integer> recorded = new TreeSet<>();
            Set<String> values = new HashSet<>();
            for (HistoryFact fact : facts()) {
                if (fact.getStepCompleted() != null) {
                    assertTrue(recorded.add(fact.getStepCompleted().getSeq()), "a recorded step is recorded once");
                }
                if (fact.getValueRecorded() != null) {
                    assertTrue(values.add(fact.getValueRecorded().getValue()));
                }
            }
            if (workflow != null) {
                Journal journal = new Journal();
                history.forEach(journal::add);
                long ended = journal.steps().stream().filter(this::hasEnded).count();
                assertEquals(ended, workflow.getState().getStepCount(), "state and journal agree");
                assertEquals(values.size(), journal.values().size());
            }
        }

        private boolean hasEnded(RecordedStep step) {
            return step.getStatus() == StepStatus.COMPLETED || step.getStatus() == StepStatus.FAILED;
        }

        private void mustHaveHadOneOwnerInEachEpoch() {
            long epoch = 0;
            boolean owned = false;
            for (HistoryFact fact : facts()) {
                switch (FactKind.of(fact)) {
                    case GRANTED -> {
                        assertFalse(owned, "nobody owned it");
                        assertEquals(++epoch, fact.getGranted().getEpoch(), "epochs rise by one");
                        owned = true;
                    }
                    case RELEASED, WORKER_LOST, PARKED -> {
                        assertTrue(owned, "somebody owned it");
                        owned = false;
                    }
                    default -> {}
                }
            }
        }

        private List<HistoryFact> facts() {
            return history.stream().flatMap(entry -> entry.getFacts().stream()).toList();
        }

        private @Nullable StoredWorkflow copy() {
            return workflow == null ? null : StoredWorkflow.newBuilder(workflow).build();
        }

        private Input anything() {
            return switch (chance.below(12)) {
                case 0 -> new Input.CommandReceived(Samples.startCommand("c" + chance.below(3), start()), now, now);
                case 1, 2 -> new Input.WorkerAssigned(worker(), now, now);
                case 3 -> new Input.OwnerLost(worker(), chance.percent(50), now);
                case 4 -> new Input.WakeTimeReached(now, now);
                case 5 -> new Input.DeadlineReached(now);
                default -> new Input.EventReceived(event(), now, now);
            };
        }

        private String worker() {
            return "w" + chance.below(3);
        }

        private Start start() {
            Start start = Samples.demo();
            start.setDelayMs(chance.percent(20) ? (long) chance.between(-1, 50) : null);
            start.setTimeoutMs(chance.percent(20) ? (long) chance.between(0, 800) : null);
            return start;
        }

        /** Mostly of the owner, who else would hardly ever come to report something. */
        private WorkerEvent event() {
            String owner = workflow == null ? null : Statuses.ownerOf(workflow);
            boolean byOwner = owner != null && workflow != null && chance.percent(80);
            long epoch = byOwner ? workflow.getState().getEpoch() : chance.between(0, 3);
            List<WorkerFact> facts = new ArrayList<>();
            if (chance.percent(10)) {
                facts.add(Samples.eagerlyStarted(start()));
            }
            do {
                facts.add(fact());
            } while (chance.percent(40));
            return Samples.event(byOwner ? owner : worker(), epoch, facts.toArray(WorkerFact[]::new));
        }

        private WorkerFact fact() {
            int seq = chance.between(chance.percent(2) ? 0 : 1, 6);
            return switch (chance.below(20)) {
                case 0 -> Samples.completed(chance.below(6));
                case 1 -> Samples.failed(chance.below(6));
                case 2 -> Samples.released();
                case 3, 4, 5 -> Samples.parked(seq, now + chance.between(-20, 60));
                case 6, 7 -> Samples.sleepStarted(seq, now + 30);
                case 8, 9, 10 -> Samples.attemptFailed(seq, chance.between(0, 4), now + 10);
                case 11, 12 -> Samples.valueRecorded(chance.below(4), chance.below(3));
                case 13 -> Samples.stepFailed(seq, Samples.failure("no"));
                default -> Samples.stepCompleted(seq);
            };
        }
    }
}
