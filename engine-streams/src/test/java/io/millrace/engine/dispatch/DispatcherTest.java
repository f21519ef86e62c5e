package io.millrace.engine.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.engine.dispatch.Dispatcher.Assignment;
import io.millrace.engine.testing.MemoryRows;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Credit;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Lane LANE = new Lane("default", "demo", null);

    private final MemoryRows rows = new MemoryRows();
    private final LeaseTable leases = new LeaseTable();
    private final Credits credits = new Credits(leases);
    private final Set<String> limited = new HashSet<>();
    private final Dispatcher dispatcher = new Dispatcher(leases, credits, new Backlog(rows), limited::contains);

    @Test
    void shouldPreferTheWorkerThatMayHaveItWarm() {
        worker("w1", 2);
        worker("w2", 2);
        assertEquals(new Assignment("w2", 1), dispatcher.place(LANE, "a", "w2", 0));
        assertEquals(new Assignment("w2", 2), dispatcher.place(LANE, "b", "w2", 0));
        assertEquals(new Assignment("w1", 1), dispatcher.place(LANE, "c", "w2", 0));
    }

    @Test
    void shouldTakeTurns() {
        worker("w1", 2);
        worker("w2", 2);
        List<String> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Assignment assignment = dispatcher.place(LANE, "a" + i, null, 0);
            workers.add(assignment == null ? "nobody" : assignment.workerId());
        }
        assertEquals(List.of("w2", "w1", "w2", "w1"), workers);
        assertNull(dispatcher.place(LANE, "b", null, 0));
    }

    @Test
    void shouldGiveAPinnedWorkflowOnlyToItsVersion() {
        worker("w1", 5);
        Lane pinned = new Lane("default", "demo", "2");
        assertNull(dispatcher.place(pinned, "a", null, 0));
        assertEquals(
                "a worker on queue \"default\" that has workflow type \"demo\" in application version \"2\": none is alive",
                dispatcher.waitsFor(pinned));
        WorkerHeartbeat second = WorkerHeartbeat.newBuilder(Samples.heartbeat("demo"))
                .setApplicationVersion("2")
                .build();
        leases.onHeartbeat("w2", second);
        credits.onCredit("w2", new Credit(0L, 1, false));
        assertEquals("a free slot of a worker on queue \"default\"", dispatcher.waitsFor(pinned));
        assertEquals(new Assignment("w2", 1), dispatcher.place(pinned, "a", null, 0));
    }

    @Test
    void shouldGiveNothingToOneThatIsStopping() {
        worker("w1", 5);
        leases.onHeartbeat("w1", Samples.lastHeartbeat("demo"));
        assertNull(dispatcher.place(LANE, "a", "w1", 0));
        waits(1, "a");
        assertNull(dispatcher.nextFor("w1", 0));
        assertEquals(List.of(), asked(0));
    }

    @Test
    void shouldVoidTheCreditOfOneThatIsGone() {
        worker("w1", 5);
        credits.forget("w1");
        waits(1, "a");
        assertNull(dispatcher.nextFor("w1", 0));
        assertEquals(List.of(), credits.workers());
    }

    @Test
    void shouldAskOnceInAWhileAndOnlyThoseThatCouldHelp() {
        leases.onHeartbeat("w1", Samples.heartbeat("demo"));
        leases.onHeartbeat("w2", Samples.heartbeat("other"));
        assertEquals(List.of(), asked(0), "nothing waits");
        waits(1, "a");
        waits(2, "b");
        assertEquals(List.of(), asked(19), "they have just been looked at");
        assertEquals(List.of("w1:2"), asked(20));
        assertEquals(List.of(), asked(119));
        assertEquals(List.of("w1:2"), asked(220));
        credits.onCredit("w1", new Credit(0L, 1, false));
        assertEquals(List.of(), asked(400), "it has credit, and the next tick will use it");
    }

    @Test
    void shouldRepeatGrantsThatNobodyConfirms() {
        worker("w1", 5);
        dispatcher.place(LANE, "a", null, 0);
        assertEquals(List.of(), unseen(5_000));
        assertEquals(List.of("w1:a"), unseen(5_001));
        assertEquals(List.of(), unseen(5_002));
        credits.onCredit("w1", new Credit(1L, 4, false));
        assertEquals(List.of(), unseen(60_000));
    }

    @Test
    void shouldLeaveWhatIsMatchedAtItsQueuesHomeAlone() {
        limited.add("default");
        worker("w1", 5);
        assertNull(dispatcher.place(LANE, "a", "w1", 0));
        waits(1, "a");
        assertNull(dispatcher.nextFor("w1", 0));
        assertEquals(List.of(), asked(0));
        assertEquals("its turn on queue \"default\"", dispatcher.waitsFor(LANE));
        limited.clear();
        Dispatcher.Match match = dispatcher.nextFor("w1", 0);
        assertEquals(new Dispatcher.Match("a", LANE, new Assignment("w1", 1)), match);
    }

    @Test
    void shouldMatchHereWhatGoesPastTheLimitsOfItsQueue() {
        limited.add("default");
        worker("w1", 1);
        Lane expedited = new Lane("default", "demo", null, null, Lane.Rank.EXPEDITED);
        assertEquals(new Assignment("w1", 1), dispatcher.place(expedited, "a", null, 0));
        waits(expedited, 0, 1, "b");
        assertEquals("a free slot of a worker on queue \"default\"", dispatcher.waitsFor(expedited));
        credits.onCredit("w1", new Credit(1L, 1, false));
        assertEquals("b", dispatcher.nextFor("w1", 0).workflowId());
    }

    @Test
    void shouldTakeRanksBeforePrioritiesAndPrioritiesBeforePlaces() {
        waits(LANE, 10, 1, "new");
        waits(LANE, 5, 2, "new and urgent");
        waits(new Lane("default", "demo", "1", null, Lane.Rank.BEGUN), 10, 3, "begun");
        waits(new Lane("default", "demo", null, null, Lane.Rank.EXPEDITED), 10, 4, "expedited");
        waits(new Lane("default", "demo", null, "key", Lane.Rank.NEW), 5, 1, "of a key");
        WorkerHeartbeat ofVersion = WorkerHeartbeat.newBuilder(Samples.heartbeat("demo"))
                .setApplicationVersion("1")
                .build();
        leases.onHeartbeat("w1", ofVersion);
        credits.onCredit("w1", new Credit(0L, 5, false));
        List<String> order = new ArrayList<>();
        for (Dispatcher.Match next = dispatcher.nextFor("w1", 0); next != null; next = dispatcher.nextFor("w1", 0)) {
            order.add(next.workflowId());
            Waiting row = rows.of(next.lane()).first();
            rows.remove(next.lane(), row);
            dispatcher.onWaitingNoMore(next.lane(), row);
        }
        assertEquals(List.of("expedited", "begun", "of a key", "new and urgent", "new"), order);
    }

    private void worker(String workerId, int free) {
        leases.onHeartbeat(workerId, Samples.heartbeat("demo"));
        credits.onCredit(workerId, new Credit(0L, free, false));
    }

    private void waits(long order, String workflowId) {
        waits(LANE, 0, order, workflowId);
    }

    private void waits(Lane lane, int priority, long order, String workflowId) {
        rows.add(lane, new Waiting(priority, order, workflowId));
        dispatcher.onWaiting(lane, new Waiting(priority, order, workflowId));
    }

    private List<String> asked(long atMs) {
        List<String> asked = new ArrayList<>();
        credits.askFor(dispatcher::waitingFor, atMs, (workerId, wanted) -> asked.add(workerId + ":" + wanted));
        return asked;
    }

    private List<String> unseen(long atMs) {
        return credits.takeUnseen(atMs).stream()
                .map(grant -> grant.workerId() + ":" + grant.workflowId())
                .toList();
    }
}
