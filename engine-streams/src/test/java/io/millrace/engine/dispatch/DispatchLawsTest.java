package io.millrace.engine.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.MemoryRows;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Credit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A dispatcher and some workers that keep to docs/protocol.md. Grants and reports of credit travel, each on their own way and in
 * order, for as long as chance will have it.
 */
class DispatchLawsTest {
    private static final List<Lane> LANES = List.of(
            new Lane("default", "a", null),
            new Lane("default", "b", null),
            new Lane("default", "nobody runs it", null));

    @Test
    void shouldNeverGrantMoreThanWasOfferedWhateverOvertakesWhat() {
        Seeded.forEach(500, chance -> {
            Simulation simulation = new Simulation(chance);
            for (int i = 0; i < 400; i++) {
                simulation.step();
                simulation.workers.values().forEach(Worker::mustNotHaveMoreThanItsSlots);
            }
            simulation.settle();
            simulation.mustLeaveNothingWaiting();
        });
    }

    @Test
    void shouldStillNotWhenTheDispatcherIsMadeAnewInBetween() {
        Seeded.forEach(300, chance -> {
            Simulation simulation = new Simulation(chance);
            for (int i = 0; i < 300; i++) {
                if (chance.percent(2)) {
                    simulation.restart();
                }
                simulation.step();
                simulation.workers.values().forEach(Worker::mustNotHaveMoreThanItsSlots);
            }
            simulation.settle();
            simulation.mustLeaveNothingWaiting();
        });
    }

    /** A worker: its slots, what it runs, and what is under way to and from it. */
    private static final class Worker {
        private final String id;
        private final int slots;
        private final List<Lane> lanes;
        private final Deque<Grant> inbox = new ArrayDeque<>();
        private final Deque<Report> reports = new ArrayDeque<>();
        private final List<Grant> running = new ArrayList<>();
        private long grantsSeen;

        private Worker(String id, int slots, List<Lane> lanes) {
            this.id = id;
            this.slots = slots;
            this.lanes = lanes;
        }

        private void report(Grant ended) {
            reports.add(new Report(ended, new Credit(grantsSeen, slots - running.size(), false)));
        }

        private void mustNotHaveMoreThanItsSlots() {
            assertTrue(running.size() + inbox.size() <= slots, id + " has " + slots + " slots");
        }
    }

    private record Grant(String workflowId, Lane lane, long number) {}

    private record Report(Grant ended, Credit credit) {}

    private static final class Simulation {
        private final Seeded chance;
        private final MemoryRows rows = new MemoryRows();
        private final LeaseTable leases = new LeaseTable();
        private final Map<String, Worker> workers = new HashMap<>();
        private final Map<String, Map<Long, String>> held = new HashMap<>();
        private final Map<Lane, Long> lastGranted = new HashMap<>();
        private Credits credits;
        private Dispatcher dispatcher;
        private long order;
        private long now;

        private Simulation(Seeded chance) {
            this.chance = chance;
            begin();
            for (int i = 0; i < 1 + chance.below(3); i++) {
                List<Lane> lanes = chance.percent(50) ? LANES.subList(0, 1) : LANES.subList(0, 2);
                Worker worker = new Worker("w" + i, 1 + chance.below(4), lanes);
                workers.put(worker.id, worker);
                leases.onHeartbeat(
                        worker.id,
                        Samples.heartbeat(lanes.stream().map(Lane::workflowType).toArray(String[]::new)));
                worker.report(null);
            }
        }

        private void begin() {
            credits = new Credits(leases);
            dispatcher = new Dispatcher(leases, credits, new Backlog(rows), queue -> false);
        }

        private void step() {
            now += chance.below(20);
            Worker worker = workers.get("w" + chance.below(workers.size()));
            switch (chance.below(6)) {
                case 0, 1 -> workflowStarts(chance.oneOf(LANES));
                case 2 -> grantArrives(worker);
                case 3 -> workflowEnds(worker);
                case 4 -> reportArrives(worker);
                default -> tick();
            }
            if (chance.percent(5)) {
                // With a heartbeat, or because the engine asked.
                worker.report(null);
            }
        }

        private void workflowStarts(Lane lane) {
            Waiting waiting = new Waiting(0, ++order, "workflow-" + order);
            Dispatcher.Assignment assignment = dispatcher.place(lane, waiting.workflowId(), null, now);
            if (assignment == null) {
                rows.add(lane, waiting);
                dispatcher.onWaiting(lane, waiting);
            } else {
                assertEquals(0, rows.of(lane).size(), "nobody goes before those that wait");
                granted(lane, waiting, assignment);
            }
        }

        private void dispatchTo(String workerId) {
            Dispatcher.Match match = dispatcher.nextFor(workerId, now);
            while (match != null) {
                Waiting first = rows.of(match.lane()).first();
                assertEquals(first.workflowId(), match.workflowId(), "first come, first served");
                rows.remove(match.lane(), first);
                dispatcher.onWaitingNoMore(match.lane(), first);
                granted(match.lane(), first, match.assignment());
                match = dispatcher.nextFor(workerId, now);
            }
        }

        private void granted(Lane lane, Waiting waiting, Dispatcher.Assignment assignment) {
            Worker worker = workers.get(assignment.workerId());
            assertTrue(worker.lanes.contains(lane), "a worker gets only what it can run");
            assertTrue(lastGranted.merge(lane, waiting.order(), Math::max) == waiting.order(), "in order");
            String before = held.computeIfAbsent(worker.id, unused -> new HashMap<>())
                    .put(assignment.number(), waiting.workflowId());
            assertEquals(null, before, "each grant has a number of its own");
            worker.inbox.add(new Grant(waiting.workflowId(), lane, assignment.number()));
        }

        private void grantArrives(Worker worker) {
            Grant grant = worker.inbox.poll();
            if (grant != null) {
                assertTrue(grant.number() > worker.grantsSeen, "numbers rise");
                worker.grantsSeen = grant.number();
                worker.running.add(grant);
            }
        }

        private void workflowEnds(Worker worker) {
            if (!worker.running.isEmpty()) {
                Grant ended = chance.oneOf(worker.running);
                worker.running.remove(ended);
                worker.report(ended);
            }
        }

        private void reportArrives(Worker worker) {
            Report report = worker.reports.poll();
            if (report != null) {
                if (report.ended() != null) {
                    held.get(worker.id).remove(report.ended().number());
                }
                credits.onCredit(worker.id, report.credit());
                dispatchTo(worker.id);
            }
        }

        private void tick() {
            workers.keySet().forEach(this::dispatchTo);
        }

        /** Another task takes the partition over: it knows what is held, and nothing of credit. */
        private void restart() {
            begin();
            held.forEach((workerId, grants) -> new TreeSet<>(grants.keySet())
                    .forEach(number ->
                            credits.restore(new Credits.Unseen(workerId, number, grants.get(number), null), now)));
        }

        /** Everything under way arrives, and everything that runs ends. */
        private void settle() {
            for (Worker worker : workers.values()) {
                worker.report(null);
            }
            for (int quiet = 0; quiet < 3; quiet++) {
                for (Worker worker : workers.values()) {
                    while (!worker.inbox.isEmpty() || !worker.running.isEmpty() || !worker.reports.isEmpty()) {
                        quiet = 0;
                        grantArrives(worker);
                        workflowEnds(worker);
                        reportArrives(worker);
                        worker.mustNotHaveMoreThanItsSlots();
                    }
                }
                tick();
            }
        }

        private void mustLeaveNothingWaiting() {
            for (Lane lane : LANES) {
                boolean canRun = workers.values().stream().anyMatch(worker -> worker.lanes.contains(lane));
                assertTrue(!canRun || rows.of(lane).isEmpty(), () -> rows.of(lane) + " wait in " + lane);
            }
        }
    }
}
