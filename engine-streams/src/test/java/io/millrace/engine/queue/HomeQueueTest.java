package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.WorkerInfo;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.Waits;
import io.millrace.schemas.store.QueueMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HomeQueueTest {
    static {
        Samples.ready();
    }

    private static final WorkerInfo W1 = worker("w1");
    private static final WorkerInfo W2 = worker("w2");

    private final QueueSettings settings = new QueueSettings();
    private final Map<String, QueueMember> members = new HashMap<>();
    private @Nullable HomeQueue queue;
    private long order;

    HomeQueueTest() {
        settings.setQueue("q");
    }

    @Test
    void shouldLetNoMoreRunThanItsConcurrency() {
        settings.setConcurrency(2);
        wait("a", "b", "c");
        assertEquals(List.of("a", "b"), all(W1, 0));
        assertEquals("a free slot: its concurrency is 2, and 2 are held", queue().heldBackBy(0));
        park("a");
        assertNull(next(W1, 0), "a parked one keeps its slot");
        end("a");
        assertEquals("c", next(W2, 0));
        assertEquals(2, queue().slotsHeld());
    }

    @Test
    void shouldLetNothingBeginAtAConcurrencyOfNothing() {
        settings.setConcurrency(0);
        wait("a");
        assertNull(next(W1, 0));
        assertEquals(0, queue().wantedOf(W1, 0));
        QueueSettings open =
                QueueSettings.newBuilder(settings).setConcurrency(1).build();
        queue().changeSettings(open);
        assertEquals("a", next(W1, 0));
    }

    @Test
    void shouldLetNoMoreRunAtOneWorker() {
        settings.setWorkerConcurrency(1);
        wait("a", "b", "c");
        assertEquals(List.of("a"), all(W1, 0));
        assertEquals(0, queue().wantedOf(W1, 0));
        assertEquals(1, queue().wantedOf(W2, 0));
        assertEquals(List.of("b"), all(W2, 0));
        park("a");
        assertEquals(List.of("c"), all(W1, 0), "what is parked is at no worker");
    }

    @Test
    void shouldGiveThoseThatHaveASlotAWorkerBeforeAllOthers() {
        settings.setConcurrency(1);
        settings.setRateLimit(new RateLimit(1, 1_000L));
        wait("a", "b");
        assertEquals("a", next(W1, 0));
        begin("a", 10);
        put("a", waits("a", 100, null, true));
        assertEquals(1, queue().wantedOf(W1, 20));
        assertEquals("a", next(W2, 20), "neither its slot nor its permit is asked for again");
        assertNull(next(W2, 20));
    }

    @Test
    void shouldLetNoMoreBeginThanItsRate() {
        settings.setRateLimit(new RateLimit(2, 100L));
        wait("a", "b", "c", "d");
        assertEquals(2, queue().wantedOf(W1, 0));
        assertEquals(List.of("a", "b"), all(W1, 0));
        assertEquals("its rate limit of 2 in 100 ms", queue().heldBackBy(0));
        end("a");
        begin("b", 5);
        assertEquals("c", next(W1, 5), "a did not begin");
        assertNull(next(W1, 104));
        assertEquals("d", next(W1, 105));
    }

    @Test
    void shouldTakePrioritiesInOrder() {
        put("late", waits("late", 200, null, false));
        put("first", waits("first", 100, null, false));
        put("second", waits("second", 100, null, false));
        put("urgent", waits("urgent", 1, null, false));
        assertEquals(List.of("urgent", "first", "second", "late"), all(W1, 0));
    }

    @Test
    void shouldLetKeysTakeTurnsWhateverTheirPriorities() {
        settings.setPartitioned(true);
        for (String key : List.of("k1", "k2", "k3")) {
            for (int i = 1; i <= (key.equals("k1") ? 3 : 2); i++) {
                put(key + "-" + i, waits(key + "-" + i, key.equals("k3") ? 1 : 100, key, false));
            }
        }
        wait("none");
        assertEquals(List.of("k1-1", "k2-1", "k3-1", "none", "k1-2", "k2-2", "k3-2", "k1-3"), all(W1, 0));
    }

    @Test
    void shouldNotLetAKeyWaitForOneThatNobodyCanRun() {
        settings.setPartitioned(true);
        QueueMember other = waits("other", 100, "k1", false);
        other.getWaits().setWorkflowType("other");
        put("other", other);
        put("a", waits("a", 100, "k2", false));
        put("b", waits("b", 100, "k2", false));
        assertEquals(List.of("a", "b"), all(W1, 0));
    }

    @Test
    void shouldHoldEachKeyToItsConcurrency() {
        settings.setPartitioned(true);
        settings.setPartitionConcurrency(1);
        ofKey("k1", "a", "b");
        ofKey("k2", "c");
        wait("none", "none too");
        assertEquals(3, queue().wantedOf(W1, 0));
        assertEquals(List.of("a", "c", "none"), all(W1, 0), "those without a key are of one");
        assertEquals("the limits of its partition keys", queue().heldBackBy(0));
        end("a");
        assertNull(queue().heldBackBy(0));
        assertEquals(List.of("b"), all(W1, 0));
    }

    @Test
    void shouldHoldEachKeyToItsRateAndLetItGoOn() {
        settings.setPartitioned(true);
        settings.setPartitionRateLimit(new RateLimit(1, 100L));
        ofKey("k1", "a", "b");
        ofKey("k2", "c", "d");
        assertEquals(List.of("a", "c"), all(W1, 0));
        begin("a", 10);
        begin("c", 30);
        assertEquals(List.of(), all(W1, 109));
        assertEquals(List.of("b"), all(W1, 110));
        assertEquals(List.of("d"), all(W1, 130));
    }

    @Test
    void shouldLetAKeyGoOnWhenItsLimitIsLifted() {
        settings.setPartitioned(true);
        settings.setPartitionConcurrency(0);
        ofKey("k1", "a");
        assertEquals(List.of(), all(W1, 0));
        queue().changeSettings(QueueSettings.newBuilder(settings)
                .setPartitionConcurrency(1)
                .build());
        assertEquals(List.of("a"), all(W1, 0));
    }

    @Test
    void shouldForgetKeysOfWhichNothingIsLeft() {
        settings.setPartitioned(true);
        settings.setPartitionRateLimit(new RateLimit(1, 100L));
        ofKey("k1", "a");
        assertEquals("a", next(W1, 0));
        begin("a", 10);
        end("a");
        ofKey("k2", "cancelled");
        end("cancelled");
        queue().sweep(109);
        ofKey("k1", "b");
        assertNull(next(W1, 109), "its rate counts still");
        end("b");
        queue().sweep(110);
        assertEquals(0, queue().keys(), "neither one that ran nor one that never did");
    }

    @Test
    void shouldCountAnewWhereKeysBeginOrCeaseToMatter() {
        QueueSettings next =
                QueueSettings.newBuilder(settings).setConcurrency(3).build();
        assertFalse(queue().regroups(next));
        assertTrue(queue().regroups(
                        QueueSettings.newBuilder(settings).setPartitioned(true).build()));
    }

    private HomeQueue queue() {
        if (queue == null) {
            queue = new HomeQueue(settings);
        }
        return queue;
    }

    private static WorkerInfo worker(String id) {
        return new WorkerInfo(id, Set.of("q"), Set.of("demo"), null, false);
    }

    private void wait(String... workflowIds) {
        for (String id : workflowIds) {
            put(id, waits(id, 100, null, false));
        }
    }

    private void ofKey(String key, String... workflowIds) {
        for (String id : workflowIds) {
            put(id, waits(id, 100, key, false));
        }
    }

    private QueueMember waits(String workflowId, int priority, @Nullable String key, boolean holdsSlot) {
        Waits waits = new Waits();
        waits.setWorkflowType("demo");
        waits.setPriority(priority);
        waits.setQueueOrder(++order);
        waits.setPartitionKey(key);
        waits.setHoldsSlot(holdsSlot);
        QueueMember member = new QueueMember();
        member.setTicket(order);
        member.setWaits(waits);
        member.setHoldsSlot(holdsSlot);
        member.setPartitionKey(key);
        return member;
    }

    private void put(String workflowId, @Nullable QueueMember after) {
        queue().replace(workflowId, members.get(workflowId), after);
        members.put(workflowId, after);
    }

    /** The next one is matched, as the home does it. */
    private @Nullable String next(WorkerInfo worker, long nowMs) {
        LaneSet.Candidate next = queue().nextFor(worker, nowMs);
        if (next == null) {
            return null;
        }
        String workflowId = next.waiting().workflowId();
        QueueMember before = member(workflowId);
        QueueMember after = new QueueMember();
        after.setTicket(before.getTicket());
        after.setHoldsSlot(true);
        after.setPartitionKey(before.getPartitionKey());
        after.setWorkerId(worker.id());
        after.setNumber(1);
        after.setBeginning(!before.getHoldsSlot() && queue().countsBeginnings(before.getPartitionKey()));
        put(workflowId, after);
        return workflowId;
    }

    private List<String> all(WorkerInfo worker, long nowMs) {
        List<String> all = new ArrayList<>();
        for (String next = next(worker, nowMs); next != null; next = next(worker, nowMs)) {
            all.add(next);
        }
        return all;
    }

    private QueueMember member(String workflowId) {
        QueueMember member = members.get(workflowId);
        assertNotNull(member, workflowId);
        return member;
    }

    /** It is heard that it began. */
    private void begin(String workflowId, long atMs) {
        QueueMember before = member(workflowId);
        queue().heardOfBeginning(before.getPartitionKey(), atMs);
        QueueMember after = QueueMember.newBuilder(before).setBeginning(false).build();
        put(workflowId, after);
    }

    private void park(String workflowId) {
        QueueMember after =
                QueueMember.newBuilder(member(workflowId)).setWorkerId(null).build();
        put(workflowId, after);
    }

    private void end(String workflowId) {
        put(workflowId, null);
    }
}
