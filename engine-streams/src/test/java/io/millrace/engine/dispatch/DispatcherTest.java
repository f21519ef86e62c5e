package io.millrace.engine.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.engine.dispatch.Dispatcher.Assignment;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Credit;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispatcherTest {
    private static final Lane LANE = new Lane("default", "demo", null);

    private final MemoryRows rows = new MemoryRows();
    private final LeaseTable leases = new LeaseTable();
    private final Dispatcher dispatcher = new Dispatcher(leases, rows);

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
        dispatcher.onCredit("w2", new Credit(0L, 1, false));
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
        dispatcher.forget("w1");
        waits(1, "a");
        assertNull(dispatcher.nextFor("w1", 0));
        assertEquals(List.of(), dispatcher.workers());
    }

    @Test
    void shouldAskOnceInAWhileAndOnlyThoseThatCouldHelp() {
        leases.onHeartbeat("w1", Samples.heartbeat("demo"));
        leases.onHeartbeat("w2", Samples.heartbeat("other"));
        assertEquals(List.of(), asked(0), "nothing waits");
        waits(1, "a");
        waits(2, "b");
        assertEquals(List.of("w1:2"), asked(0));
        assertEquals(List.of(), asked(99));
        assertEquals(List.of("w1:2"), asked(200));
        dispatcher.onCredit("w1", new Credit(0L, 1, false));
        assertEquals(List.of(), asked(400), "it has credit, and the next tick will use it");
    }

    @Test
    void shouldRepeatGrantsThatNobodyConfirms() {
        worker("w1", 5);
        dispatcher.place(LANE, "a", null, 0);
        assertEquals(List.of(), unseen(5_000));
        assertEquals(List.of("w1:a"), unseen(5_001));
        assertEquals(List.of(), unseen(5_002));
        dispatcher.onCredit("w1", new Credit(1L, 4, false));
        assertEquals(List.of(), unseen(60_000));
    }

    private void worker(String workerId, int free) {
        leases.onHeartbeat(workerId, Samples.heartbeat("demo"));
        dispatcher.onCredit(workerId, new Credit(0L, free, false));
    }

    private void waits(long order, String workflowId) {
        rows.add(LANE, new Waiting(order, workflowId));
        dispatcher.onWaiting(LANE, new Waiting(order, workflowId));
    }

    private List<String> asked(long atMs) {
        List<String> asked = new ArrayList<>();
        dispatcher.askForCredit(atMs, (workerId, wanted) -> asked.add(workerId + ":" + wanted));
        return asked;
    }

    private List<String> unseen(long atMs) {
        List<String> unseen = new ArrayList<>();
        dispatcher.findUnseenGrants(atMs, (workerId, workflowId) -> unseen.add(workerId + ":" + workflowId));
        return unseen;
    }
}
