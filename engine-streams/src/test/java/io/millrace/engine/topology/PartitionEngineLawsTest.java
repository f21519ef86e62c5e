package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.machine.FactApplier;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.store.OwnerStore.Owned;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.TimerStore.Kind;
import io.millrace.engine.store.TimerStore.Timer;
import io.millrace.engine.testing.MemoryStore;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Credit;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/** A partition's engine over a store in memory: what it stores must fit together, whatever comes in which order. */
class PartitionEngineLawsTest {
    private static final int WORKFLOWS = 8;
    private static final int WORKERS = 3;

    static {
        Samples.ready();
    }

    @Test
    void shouldKeepStateHistoryAndIndexesInStep() {
        Seeded.forEach(400, chance -> {
            Partition partition = new Partition(chance);
            for (int i = 0; i < 200; i++) {
                partition.live();
                if (i % 20 == 19) {
                    partition.mustFitTogether();
                }
            }
        });
    }

    @Test
    void shouldEndEveryWorkflowThatCanBeRun() {
        Seeded.forEach(200, chance -> {
            Partition partition = new Partition(chance);
            for (int i = 0; i < 100; i++) {
                partition.live();
            }
            partition.runOn();
            partition.mustFitTogether();
            partition.mustBeAllClosed();
        });
    }

    private static final class Partition {
        private final Seeded chance;
        private final MemoryStore rows = new MemoryStore();
        private final LeaseTable leases = new LeaseTable();
        private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
        private final Map<String, Long> grantsSeen = new HashMap<>();
        private PartitionStores stores;
        private PartitionEngine engine;
        private long now = 1_000_000;
        private int commands;

        private Partition(Seeded chance) {
            this.chance = chance;
            context.setCurrentSystemTimeMs(now);
            restart();
        }

        /** Another task takes over, with what is stored. */
        private void restart() {
            stores = new PartitionStores(rows);
            engine = new PartitionEngine(
                    new WorkflowMachine(3), leases, stores, new Outbound(context), new CommitPacer(() -> {}), 0);
            engine.restoreGrants(now);
        }

        private void live() {
            now += chance.below(100);
            String workerId = "w" + chance.below(WORKERS);
            switch (chance.below(14)) {
                case 0, 1 -> engine.onCommand(workflow(), Samples.startCommand("c" + ++commands, start()), arrival());
                case 2 -> leases.onHeartbeat(workerId, Samples.heartbeat("demo"));
                case 3 -> goodbye(workerId);
                case 4 -> leases.onPulse();
                case 5, 6 -> credit(workerId, chance.below(4));
                case 7, 8 -> engine.tick(now);
                case 9 -> {
                    if (chance.percent(20)) {
                        restart();
                    }
                }
                default -> report();
            }
            readInbox();
        }

        private void goodbye(String workerId) {
            if (chance.percent(50)) {
                leases.onHeartbeat(workerId, Samples.lastHeartbeat("demo"));
            }
            leases.onGoodbye(workerId);
        }

        private void credit(String workerId, int free) {
            long seen = grantsSeen.getOrDefault(workerId, 0L);
            engine.onEvent(
                    workerId, new WorkerEvent(workerId, 0L, List.of(), new Credit(seen, free, false)), arrival());
        }

        private void readInbox() {
            context.forwarded().forEach(forwarded -> {
                if (forwarded.record().value() instanceof InboxMessage message && message.getGrant() != null) {
                    grantsSeen.merge(
                            forwarded.record().key(), message.getGrant().getNumber(), Math::max);
                }
            });
            context.resetForwards();
        }

        private PartitionEngine.Arrival arrival() {
            return new PartitionEngine.Arrival(now, now);
        }

        private String workflow() {
            return "workflow-" + chance.below(WORKFLOWS);
        }

        private Start start() {
            Start start = Samples.demo();
            start.setDelayMs(chance.percent(20) ? (long) chance.below(500) : null);
            start.setTimeoutMs(chance.percent(20) ? (long) chance.between(1, 3_000) : null);
            return start;
        }

        private void report() {
            String id = workflow();
            StoredWorkflow workflow = stores.workflows().find(id);
            String owner = workflow == null ? null : Statuses.ownerOf(workflow);
            if (workflow != null && owner != null && chance.percent(90)) {
                int next = workflow.getState().getStepCount() + 1;
                engine.onEvent(id, Samples.event(owner, workflow.getState().getEpoch(), facts(next)), arrival());
            } else {
                WorkerFact[] facts = {Samples.eagerlyStarted(start()), Samples.stepCompleted(1)};
                engine.onEvent(id, Samples.event("w" + chance.below(WORKERS), 1, facts), arrival());
            }
        }

        private WorkerFact[] facts(int next) {
            long due = now + chance.below(300);
            return switch (chance.below(8)) {
                case 0 -> new WorkerFact[] {Samples.completed(next - 1)};
                case 1 -> new WorkerFact[] {Samples.failed(next - 1)};
                case 2 -> new WorkerFact[] {Samples.released()};
                case 3 -> new WorkerFact[] {Samples.sleepStarted(next, due), Samples.parked(next, due)};
                case 4 -> new WorkerFact[] {Samples.attemptFailed(next, 1, due), Samples.parked(next, due)};
                case 5 -> new WorkerFact[] {Samples.stepCompleted(next), Samples.completed(next + 7)};
                default -> new WorkerFact[] {Samples.stepCompleted(next)};
            };
        }

        /** Good times: a worker that is always there runs everything to its end. */
        private void runOn() {
            for (int i = 0; i < 300; i++) {
                now += 100;
                leases.onPulse();
                leases.onHeartbeat("good", Samples.heartbeat("demo"));
                credit("good", WORKFLOWS);
                readInbox();
                engine.tick(now);
                readInbox();
                for (StoredWorkflow workflow : all().values()) {
                    if ("good".equals(Statuses.ownerOf(workflow))) {
                        complete(workflow);
                    }
                }
            }
        }

        private void complete(StoredWorkflow workflow) {
            List<WorkerFact> facts = new ArrayList<>();
            for (int seq = 1; seq <= 20; seq++) {
                facts.add(Samples.stepCompleted(seq));
            }
            facts.add(Samples.completed(20));
            WorkerFact[] all = facts.toArray(WorkerFact[]::new);
            engine.onEvent(
                    workflow.getState().getWorkflowId(),
                    Samples.event("good", workflow.getState().getEpoch(), all),
                    arrival());
        }

        private void mustBeAllClosed() {
            all().forEach((id, workflow) -> {
                WorkflowStatus status = workflow.getState().getStatus();
                assertTrue(!Statuses.isOpen(status), () -> id + " is still " + workflow);
            });
        }

        private Map<String, StoredWorkflow> all() {
            Map<String, StoredWorkflow> all = new TreeMap<>();
            for (int i = 0; i < WORKFLOWS; i++) {
                StoredWorkflow workflow = stores.workflows().find("workflow-" + i);
                if (workflow != null) {
                    all.put("workflow-" + i, workflow);
                }
            }
            return all;
        }

        private void mustFitTogether() {
            Set<Owned> owned = new HashSet<>();
            Map<Waiting, Lane> waiting = new HashMap<>();
            Set<Timer> timers = new HashSet<>();
            all().forEach((id, workflow) -> {
                mustBeTheFoldOfItsHistory(id, workflow);
                if (Statuses.isOpen(workflow.getState().getStatus())) {
                    expect(workflow, owned, waiting, timers);
                }
            });
            // Read afresh, as another task would find it.
            PartitionStores found = new PartitionStores(rows);
            assertEquals(owned, Set.copyOf(found.owners().all()));
            assertEquals(found.owners().workers(), stores.owners().workers());
            Map<Waiting, Lane> backlog = new HashMap<>();
            found.backlog().forEach((lane, row) -> backlog.put(row, lane));
            assertEquals(waiting, backlog);
            assertEquals(timers, Set.copyOf(found.timers().dueAt(Long.MAX_VALUE, Integer.MAX_VALUE)));
            Set<String> listed = new HashSet<>();
            found.listing().visit(Long.MAX_VALUE, null, listed::add);
            assertEquals(all().keySet(), listed);
            assertEquals(0, rows.openIterators());
        }

        private void expect(StoredWorkflow workflow, Set<Owned> owned, Map<Waiting, Lane> waiting, Set<Timer> timers) {
            var state = workflow.getState();
            String id = state.getWorkflowId();
            boolean idle = workflow.getParkedUntilMs() == null && workflow.getDelayedUntilMs() == null;
            if (state.getWorkerId() != null) {
                owned.add(new Owned(state.getWorkerId(), id, workflow.getGrantNumber()));
            } else if (idle) {
                waiting.put(new Waiting(workflow.getQueueOrder(), id), new Lane("default", "demo", null));
            }
            if (workflow.getDelayedUntilMs() != null) {
                timers.add(new Timer(workflow.getDelayedUntilMs(), Kind.WAKE, id));
            }
            if (workflow.getParkedUntilMs() != null) {
                timers.add(new Timer(workflow.getParkedUntilMs(), Kind.WAKE, id));
            }
            if (state.getDeadlineMs() != null) {
                timers.add(new Timer(state.getDeadlineMs(), Kind.DEADLINE, id));
            }
        }

        private void mustBeTheFoldOfItsHistory(String id, StoredWorkflow workflow) {
            List<HistoryEntry> history = new ArrayList<>();
            stores.history().read(id, history::add);
            StoredWorkflow folded = null;
            for (int i = 0; i < history.size(); i++) {
                assertEquals(i + 1, history.get(i).getNumber(), "without gaps");
                folded = new FactApplier(id)
                        .applyAll(
                                folded,
                                history.get(i).getFacts(),
                                history.get(i).getAtMs());
                folded.setHistoryNumber(i + 1);
            }
            assertEquals(folded, workflow);
        }
    }
}
