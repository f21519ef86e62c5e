package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CancelCompleted;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowStarted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** That the crash tests would notice. */
final class RecordedHistoryTest {
    private static final HistoryFact STARTED = HistoryFact.newBuilder()
            .setWorkflowStarted(WorkflowStarted.newBuilder()
                    .setCommandId("c-1")
                    .setIssuer("test")
                    .setStart(Start.newBuilder().setWorkflowType("t").build())
                    .setQueueOrder(1)
                    .build())
            .build();

    @Test
    void shouldAcceptAHistoryInWhichAnotherWorkerGoesOn() {
        RecordedHistory history = history(STARTED, granted(1), completed(1), lost(1), granted(2), completed(2));
        history.check();
        assertEquals(
                List.of(), history.begunAfterTheirRecord(List.of(begun(1, 2), begun(2, 4), begun(2, 5)), command -> 0));
    }

    @Test
    void shouldNoticeAStepThatIsRecordedTwice() {
        assertNotices("recorded twice", history(STARTED, granted(1), completed(1), completed(1)));
    }

    @Test
    void shouldNoticeTwoOwnersAtATime() {
        assertNotices("another epoch owned it", history(STARTED, granted(1), granted(2)));
    }

    @Test
    void shouldNoticeAnEpochThatIsGrantedTwice() {
        assertNotices("epochs do not rise", history(STARTED, granted(1), lost(1), granted(1)));
    }

    @Test
    void shouldNoticeProgressWithoutAnOwner() {
        assertNotices("without an owner", history(STARTED, granted(1), lost(1), completed(1)));
    }

    @Test
    void shouldNoticeASecondStart() {
        assertNotices("otherwise than once", history(STARTED, STARTED));
    }

    @Test
    void shouldNoticeAMissingEntry() {
        assertNotices("missing", new RecordedHistory("w-1", List.of(new HistoryEntry(2L, 0L, List.of(STARTED)))));
    }

    @Test
    void shouldNoticeAStepThatBeginsAfterItsRecord() {
        RecordedHistory history = history(STARTED, granted(1), completed(1));
        Effects.Effect late = begun(1, 4);
        assertEquals(List.of(late), history.begunAfterTheirRecord(List.of(begun(1, 2), late), command -> 0));
    }

    @Test
    void shouldLetAStepBeginAgainWhenAResumeThatDropsItWasAskedFor() {
        RecordedHistory history = history(STARTED, granted(1), completed(1), STARTED, STARTED, STARTED, reopened(1));
        List<Effects.Effect> effects = List.of(begun(1, 4), begun(1, 5), begun(1, 6));
        assertEquals(List.of(begun(1, 4)), history.begunAfterTheirRecord(effects, command -> 5));
        assertEquals(
                effects,
                history(STARTED, granted(1), completed(1), STARTED, reopened(2))
                        .begunAfterTheirRecord(effects, command -> 5));
    }

    /** The engine may put a resume on record again, later, when its worker has begun by the transaction that was aborted. */
    @Test
    void shouldCountAsCancelledUntilTheResumeWasAskedFor() {
        HistoryFact cancelled = HistoryFact.newBuilder()
                .setCancelCompleted(new CancelCompleted())
                .build();
        RecordedHistory history = history(STARTED, cancelled, STARTED, STARTED, reopened(1));
        List<Effects.Effect> effects = List.of(begun(1, 1), begun(1, 3), begun(1, 4), begun(1, 5));
        assertEquals(List.of(begun(1, 3)), history.begunWhileCancelled(effects, command -> 4));
    }

    @Test
    void shouldSayInWordsWhatIsOnRecord() {
        String words = history(STARTED, granted(1)).toString();
        assertTrue(words.startsWith("w-1\n    1 "), words);
        assertTrue(words.contains("granted(workerId=worker epoch=1 number=1)"), words);
        assertFalse(words.contains("null"), words);
    }

    private static void assertNotices(String what, RecordedHistory history) {
        AssertionFailedError noticed = assertThrows(AssertionFailedError.class, history::check);
        assertTrue(noticed.getMessage().contains(what), noticed.getMessage());
    }

    /** One entry for each fact, at the times 1, 2, 3 and so on. */
    private static RecordedHistory history(HistoryFact... facts) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (HistoryFact fact : facts) {
            long number = entries.size() + 1L;
            entries.add(new HistoryEntry(number, number, List.of(fact)));
        }
        return new RecordedHistory("w-1", entries);
    }

    private static HistoryFact granted(long epoch) {
        return HistoryFact.newBuilder()
                .setGranted(new Granted("worker", epoch, epoch, null))
                .build();
    }

    private static HistoryFact lost(long epoch) {
        return HistoryFact.newBuilder()
                .setWorkerLost(new WorkerLost("worker", epoch, 1, null))
                .build();
    }

    private static HistoryFact completed(int seq) {
        return HistoryFact.newBuilder()
                .setStepCompleted(new StepCompleted(seq, "step", null, null, 1, 0L, 0L))
                .build();
    }

    private static HistoryFact reopened(int fromStep) {
        Reopened resume = new Reopened();
        resume.setCommandId("resume");
        resume.setFromStep(fromStep);
        resume.setDroppedSteps(List.of());
        return HistoryFact.newBuilder().setReopened(resume).build();
    }

    private static Effects.Effect begun(int seq, long atMs) {
        return new Effects.Effect(atMs, 1, "worker", "w-1", seq);
    }
}
