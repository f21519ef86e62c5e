package io.millrace.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.CancelCompleted;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Start;
import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.crash.TopicContents.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** That the random crash test would notice. */
final class WorkflowInvariantsTest {
    static {
        // The builders of records with arrays need it.
        TrustedRecords.establish();
    }

    private static final HistoryFact GRANTED = HistoryFact.newBuilder()
            .setGranted(new Granted("worker", 1L, 1L, null))
            .build();
    private static final HistoryFact COMPLETED = HistoryFact.newBuilder()
            .setWorkflowCompleted(new WorkflowCompleted(null, 0))
            .build();
    private static final HistoryFact CANCEL_ASKED = HistoryFact.newBuilder()
            .setCancelAsked(new CancelAsked(null, "test", null, true))
            .build();
    private static final HistoryFact CANCELLED =
            HistoryFact.newBuilder().setCancelCompleted(new CancelCompleted()).build();

    private final Answers answers = new Answers();
    private final AbortedGrants aborted = new AbortedGrants();
    private final WorkflowInvariants invariants = new WorkflowInvariants(answers, aborted);

    @Test
    void shouldAcceptOneThatRanToItsEnd() {
        invariants.check(
                history("w", started(null), GRANTED, COMPLETED),
                Optional.of(WorkflowStatus.COMPLETED),
                List.of(begun("worker", 2)));
    }

    @Test
    void shouldNoticeOneThatHasNotEnded() {
        assertNotices("has not ended", history("w", started(null), GRANTED), WorkflowStatus.RUNNING);
    }

    @Test
    void shouldNoticeAStatusThatIsNotWhatHistorySays() {
        assertNotices("its status", history("w", started(null), GRANTED, COMPLETED), WorkflowStatus.CANCELLED);
    }

    @Test
    void shouldNoticeACommandWithTwoEffects() {
        assertNotices(
                "two effects",
                history("w", started(null), CANCEL_ASKED, CANCEL_ASKED, CANCELLED),
                WorkflowStatus.CANCELLED);
    }

    @Test
    void shouldNoticeAStepThatBeginsWhileCancelledUnlessAnAbortedGrantExplainsIt() {
        RecordedHistory history = history("w", started(null), CANCEL_ASKED, CANCELLED);
        Executable check =
                () -> invariants.check(history, Optional.of(WorkflowStatus.CANCELLED), List.of(begun("worker", 9)));
        assertMessage("while it was cancelled", check);

        InboxMessage grant = InboxMessage.newBuilder().setGrant(grantOf("w")).build();
        aborted.written("other", grant);
        aborted.written("worker", grant);
        aborted.committed("worker", grant);
        assertMessage("while it was cancelled", check);

        aborted.written("worker", grant);
        invariants.check(history, Optional.of(WorkflowStatus.CANCELLED), List.of(begun("worker", 9)));
        assertEquals(1, invariants.excused());
    }

    @Test
    void shouldNoticeMoreAttemptsThanExecutions() {
        List<Effects.Effect> thrice = List.of(begun("worker", 2), begun("worker", 2), begun("worker", 2));
        assertMessage(
                "3 times",
                () -> invariants.check(
                        history("w", started(null), GRANTED, COMPLETED),
                        Optional.of(WorkflowStatus.COMPLETED),
                        thrice));
    }

    @Test
    void shouldNoticeACommandThatIsAnsweredTwiceOrNever() {
        answers.onCommand(new Entry<>("w", start("c-1"), 5));
        assertMessage("answered 0 times", answers::checkEachCommandIsAnsweredOnce);
        answers.onReply(reply("c-1", CommandOutcome.ACCEPTED));
        answers.checkEachCommandIsAnsweredOnce();
        assertEquals(List.of("w"), answers.accepted().toList());
        answers.onReply(reply("c-1", CommandOutcome.ACCEPTED));
        assertMessage("answered 2 times", answers::checkEachCommandIsAnsweredOnce);
    }

    @Test
    void shouldNoticeDifferentAnswersToACommandThatWasSentTwice() {
        answers.onCommand(new Entry<>("w", start("c-1"), 5));
        answers.onCommand(new Entry<>("w", start("c-1"), 4));
        assertEquals(4, answers.sentAtMs("c-1"));
        answers.onReply(reply("c-1", CommandOutcome.ACCEPTED));
        answers.checkEachCommandIsAnsweredOnce();
        answers.onReply(reply("c-1", CommandOutcome.REJECTED));
        assertMessage("not always the same", answers::checkEachCommandIsAnsweredOnce);
    }

    @Test
    void shouldNoticeAnAnswerToWhatNobodyAsked() {
        answers.onReply(reply("c-2", CommandOutcome.ACCEPTED));
        assertMessage("nobody asked", answers::checkEachCommandIsAnsweredOnce);
    }

    @Test
    void shouldNoticeAChildThatEndsAfterItsParentWasCancelled() {
        RecordedHistory parent = history("p", started(null), CANCEL_ASKED, CANCELLED);
        RecordedHistory child = history("c", started("p"), GRANTED, CANCEL_ASKED, CANCELLED);
        FamilyInvariants family = new FamilyInvariants(Map.of("p", parent, "c", child));
        assertMessage("before it ended", () -> family.check(child));
    }

    @Test
    void shouldNoticeAChildThatHasEndedOtherwiseThanItsParentLearned() {
        HistoryFact ended = HistoryFact.newBuilder()
                .setChildEnded(new ChildEnded(1, "c", WorkflowStatus.COMPLETED, null, null))
                .build();
        RecordedHistory parent = history("p", started(null), GRANTED, ended, COMPLETED);
        RecordedHistory child = history("c", started("p"), CANCEL_ASKED, CANCELLED);
        assertMessage("ended otherwise", () -> new FamilyInvariants(Map.of("p", parent, "c", child)).check(parent));
        assertMessage("no history", () -> new FamilyInvariants(Map.of("p", parent)).check(parent));
    }

    private void assertNotices(String what, RecordedHistory history, WorkflowStatus status) {
        assertMessage(what, () -> invariants.check(history, Optional.of(status), List.of()));
    }

    private static void assertMessage(String part, Executable check) {
        AssertionError noticed = assertThrows(AssertionError.class, check);
        assertTrue(noticed.getMessage().contains(part), noticed.getMessage());
    }

    /** One entry for each fact, at the times 1, 2, 3 and so on. */
    private static RecordedHistory history(String workflowId, HistoryFact... facts) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (HistoryFact fact : facts) {
            long number = entries.size() + 1L;
            entries.add(new HistoryEntry(number, number, List.of(fact)));
        }
        return new RecordedHistory(workflowId, entries);
    }

    private static HistoryFact started(@Nullable String parent) {
        return HistoryFact.newBuilder()
                .setWorkflowStarted(WorkflowStarted.newBuilder()
                        .setCommandId("c-1")
                        .setIssuer("test")
                        .setStart(Start.newBuilder().setWorkflowType("t").build())
                        .setQueueOrder(1)
                        .setParentWorkflowId(parent)
                        .build())
                .build();
    }

    private static Grant grantOf(String workflowId) {
        return Grant.newBuilder()
                .setWorkflowId(workflowId)
                .setEpoch(1)
                .setPartition(0)
                .setNumber(1)
                .setWorkflowType("t")
                .setQueue("default")
                .setCreatedAtMs(0)
                .build();
    }

    private static Command start(String commandId) {
        return Command.newBuilder()
                .setCommandId(commandId)
                .setIssuer("test")
                .setIssuedAtMs(0)
                .setStart(Start.newBuilder().setWorkflowType("t").build())
                .build();
    }

    private static CommandReply reply(String commandId, CommandOutcome outcome) {
        return CommandReply.newBuilder()
                .setCommandId(commandId)
                .setWorkflowId("w")
                .setOutcome(outcome)
                .setStatus(WorkflowStatus.ENQUEUED)
                .setAtMs(0)
                .build();
    }

    private static Effects.Effect begun(String workerId, long atMs) {
        return new Effects.Effect(atMs, 1, workerId, "w", 1);
    }
}
