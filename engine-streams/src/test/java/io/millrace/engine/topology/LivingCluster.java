package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.RecordLaws;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Credit;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Several engines, and the topics between them: what one tells another arrives in order, and at any time. */
final class LivingCluster {
    static final int PARTITIONS = 3;

    private final Seeded chance;
    private final Retention retention;
    private final LeaseTable leases = new LeaseTable();
    private final List<LivingEngine> engines = new ArrayList<>();
    private final List<Deque<LivingEngine.Written>> transfers = new ArrayList<>();
    private final Map<String, Long> grantsSeen = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, CommandReply> replies = new HashMap<>();
    private long now = 1_000_000;

    LivingCluster(Seeded chance) {
        this(chance, Retention.FOREVER);
    }

    LivingCluster(Seeded chance, Retention retention) {
        this.chance = chance;
        this.retention = retention;
        for (int number = 0; number < PARTITIONS; number++) {
            engines.add(new LivingEngine(leases, number, PARTITIONS, retention, now));
            transfers.add(new ArrayDeque<>());
        }
    }

    boolean purges() {
        return !retention.equals(Retention.FOREVER);
    }

    long now() {
        return now;
    }

    void passTime(long most) {
        now += chance.below((int) most);
    }

    void pulse() {
        leases.onPulse();
    }

    void workerIsAlive(String workerId) {
        leases.onHeartbeat(workerId, Samples.heartbeat("demo"));
    }

    void workerLeaves(String workerId) {
        if (chance.percent(50)) {
            leases.onHeartbeat(workerId, Samples.lastHeartbeat("demo"));
        }
        leases.onGoodbye(workerId);
    }

    void credit(String workerId, int free) {
        for (int number = 0; number < PARTITIONS; number++) {
            long seen = grantsSeen.getOrDefault(workerId + number, 0L);
            Credit credit = new Credit(seen, free, false);
            LivingEngine engine = engines.get(number);
            engine.event(workerId, new WorkerEvent(workerId, 0L, List.of(), credit, null), now);
            read(number);
        }
    }

    void command(String workflowId, Command command) {
        asked.add(command.getCommandId());
        act(home(workflowId), () -> engineOf(workflowId).command(workflowId, command, now));
    }

    void report(String workflowId, String workerId, long epoch, WorkerFact... facts) {
        WorkerEvent event = Samples.event(workerId, epoch, facts);
        act(home(workflowId), () -> engineOf(workflowId).event(workflowId, event, now));
    }

    void tick() {
        int number = chance.below(PARTITIONS);
        act(number, () -> engines.get(number).tick(now));
    }

    void restart() {
        engines.get(chance.below(PARTITIONS)).restart(now);
    }

    /** The next transfer of some partition arrives, if there is one. */
    void deliver() {
        int number = chance.below(PARTITIONS);
        LivingEngine.Written next = transfers.get(number).pollFirst();
        if (next != null) {
            act(number, () -> engines.get(number).transfer(next.key(), (Transfer) next.value(), now));
        }
    }

    /** Now and then a transaction is aborted, and the record taken once more. */
    private void act(int number, Runnable action) {
        if (chance.percent(3)) {
            LivingEngine engine = engines.get(number);
            var stored = engine.stored();
            action.run();
            engine.abort(stored, now);
        }
        action.run();
        read(number);
    }

    private void read(int number) {
        for (LivingEngine.Written written : engines.get(number).written()) {
            if (written.value() instanceof InboxMessage message && message.getGrant() != null) {
                grantsSeen.merge(written.key() + number, message.getGrant().getNumber(), Math::max);
            } else if (written.value() instanceof Transfer) {
                transfers.get(home(written.key())).addLast(written);
            } else if (written.value() instanceof CommandReply reply) {
                CommandReply before = replies.put(reply.getCommandId(), reply);
                assertTrue(before == null || before.equals(reply), () -> "two answers: " + before + ", " + reply);
            }
        }
    }

    private static int home(String workflowId) {
        return KeyPartition.of(workflowId, PARTITIONS);
    }

    private LivingEngine engineOf(String workflowId) {
        return engines.get(home(workflowId));
    }

    @Nullable
    StoredWorkflow find(String workflowId) {
        return engineOf(workflowId).stores().workflows().find(workflowId);
    }

    Map<String, StoredWorkflow> workflows() {
        Map<String, StoredWorkflow> all = new TreeMap<>();
        engines.forEach(engine -> all.putAll(engine.workflows()));
        return all;
    }

    boolean isQuiet() {
        return transfers.stream().allMatch(Deque::isEmpty);
    }

    void mustFitTogether() {
        engines.forEach(IndexLaws::mustFitTogether);
        workflows().forEach((id, workflow) -> {
            if (workflow.getState().getStatus() == WorkflowStatus.CANCELLED) {
                mustHaveStoppedItsChildren(workflow);
            }
        });
    }

    /** Also in fact, and not only by what it was told; but a child that somebody has resumed goes its own way. */
    private void mustHaveStoppedItsChildren(StoredWorkflow parent) {
        parent.getWaitingSteps()
                .forEach(step -> assertTrue(
                        step.getKind() != StepKind.CHILD || step.getClosePolicy() == ParentClosePolicy.ABANDON,
                        () -> "CANCELLED with an open child: " + parent));
        for (var entry : engineOf(parent.getState().getWorkflowId())
                .history(parent.getState().getWorkflowId())) {
            entry.getFacts().stream()
                    .filter(fact ->
                            fact.getChildEnded() != null && fact.getChildEnded().getStatus() != WorkflowStatus.UNKNOWN)
                    .forEach(fact -> mustHaveEnded(fact.getChildEnded().getChildWorkflowId()));
        }
    }

    private void mustHaveEnded(String childId) {
        StoredWorkflow child = find(childId);
        if (child == null && purges()) {
            return;
        }
        assertTrue(child != null, () -> childId + " ended and is not there");
        boolean again = child.getState().getRun() > 0;
        assertFalse(
                Statuses.isOpen(child.getState().getStatus()) && !again, () -> childId + " has not ended: " + child);
    }

    void mustHaveComeToAnEnd() {
        assertTrue(isQuiet(), "transfers are under way");
        workflows().forEach((id, workflow) -> {
            assertFalse(Statuses.isOpen(workflow.getState().getStatus()), () -> id + " is still " + workflow);
            new RecordLaws(id, engineOf(id).history(id), workflow).mustHaveHeardOfEachChildOnce();
        });
        assertEquals(asked, replies.keySet(), "every command has an answer");
    }

    /** When all have been closed for long enough, nothing is stored but that this is so. */
    void mustLeaveNothing() {
        engines.forEach(engine -> {
            now += retention.ms();
            for (int i = 0; i < 10; i++) {
                engine.tick(now);
            }
            List<String> left = engine.stored().keySet().stream()
                    .map(key -> new String(key.get(), StandardCharsets.UTF_8))
                    .toList();
            assertEquals(List.of("p\u0000"), left);
            assertEquals(0, engine.stores().listing().size());
        });
    }
}
