package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Expedited;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

/** That the crash test of queues would notice. */
final class QueueInvariantsTest {
    private static final String QUEUE = "q";

    private final List<RecordedHistory> histories = new ArrayList<>();

    @Test
    void shouldNoticeOneMoreAtOnceThanTheLimit() {
        add(at(0, started()), at(1, granted("a")), at(5, completed()));
        add(at(0, started()), at(4, granted("b")), at(9, completed()));
        invariants().checkConcurrency(QUEUE, 2);
        assertNotices("over q's concurrency of 1", () -> invariants().checkConcurrency(QUEUE, 1));
    }

    @Test
    void shouldAcceptOneThatBeginsWhenTheOtherHasEnded() {
        add(at(0, started()), at(1, granted("a")), at(5, completed()));
        add(at(0, started()), at(5, granted("b")), at(9, completed()));
        invariants().checkConcurrency(QUEUE, 1);
    }

    @Test
    void shouldCountASlotWhileItsWorkerIsLost() {
        add(at(0, started()), at(1, granted("a")), at(3, lost("a")), at(7, granted("b")), at(9, completed()));
        add(at(0, started()), at(4, granted("b")), at(5, completed()));
        assertNotices("over q's concurrency of 1", () -> invariants().checkConcurrency(QUEUE, 1));
        // Neither of the workers had more than one of them.
        invariants().checkWorkerConcurrency(QUEUE, 1);
    }

    @Test
    void shouldNoticeOneMoreInAWorkerThanTheLimit() {
        add(at(0, started()), at(1, granted("a")), at(5, completed()));
        add(at(0, started()), at(4, granted("a")), at(9, completed()));
        assertNotices("in worker a", () -> invariants().checkWorkerConcurrency(QUEUE, 1));
    }

    @Test
    void shouldNotCountOneThatWasExpedited() {
        add(at(0, started()), at(1, granted("a")), at(5, completed()));
        add(at(0, started()), at(2, expedited()), at(4, granted("b")), at(9, completed()));
        invariants().checkConcurrency(QUEUE, 1);
    }

    @Test
    void shouldNoticeOneMoreInAPeriodThanPermits() {
        add(at(0, started()), at(100, granted("a")), at(101, completed()));
        add(at(0, started()), at(150, granted("a")), at(151, completed()));
        add(at(0, started()), at(199, granted("a")), at(205, completed()));
        invariants().checkRate(QUEUE, 2, Duration.ofMillis(99));
        assertNotices("began within 99 ms", () -> invariants().checkRate(QUEUE, 2, Duration.ofMillis(100)));
    }

    @Test
    void shouldNoticeOneThatHasNotEnded() {
        add(at(0, started()), at(1, granted("a")));
        assertThrows(AssertionFailedError.class, () -> invariants().checkAllEnded());
    }

    private QueueInvariants invariants() {
        QueueInvariants invariants = new QueueInvariants();
        histories.forEach(invariants::add);
        return invariants;
    }

    private static void assertNotices(String what, Executable check) {
        AssertionFailedError noticed = assertThrows(AssertionFailedError.class, check);
        assertTrue(noticed.getMessage().contains(what), noticed.getMessage());
    }

    private void add(HistoryEntry... entries) {
        histories.add(new RecordedHistory("w-" + histories.size(), List.of(entries)));
    }

    private static HistoryEntry at(long atMs, HistoryFact fact) {
        return new HistoryEntry(1L, atMs, List.of(fact));
    }

    private static HistoryFact started() {
        Start start = Start.newBuilder().setWorkflowType("t").setQueue(QUEUE).build();
        HistoryFact fact = new HistoryFact();
        fact.setWorkflowStarted(WorkflowStarted.newBuilder()
                .setCommandId("c-1")
                .setIssuer("test")
                .setStart(start)
                .setQueueOrder(1)
                .build());
        return fact;
    }

    private static HistoryFact granted(String workerId) {
        HistoryFact fact = new HistoryFact();
        fact.setGranted(new Granted(workerId, 1L, 1L, null));
        return fact;
    }

    private static HistoryFact lost(String workerId) {
        HistoryFact fact = new HistoryFact();
        fact.setWorkerLost(new WorkerLost(workerId, 1L, 1, null));
        return fact;
    }

    private static HistoryFact expedited() {
        HistoryFact fact = new HistoryFact();
        fact.setExpedited(new Expedited("c-2", "test", null, 1L));
        return fact;
    }

    private static HistoryFact completed() {
        HistoryFact fact = new HistoryFact();
        fact.setWorkflowCompleted(new WorkflowCompleted(null, 0));
        return fact;
    }
}
