package io.millrace.engine.topology;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.rewind;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Commands.sendOnce;
import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.messageSent;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Reports.surfaced;
import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.json;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What workflows tell each other goes out on a topic and comes back in, and their workers and those who ask hear of it. */
class TransferTopologyTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @BeforeEach
    void shouldRunTwoWorkflows() {
        engine.workerTakes("w1", 2);
        engine.start("a", demo());
        engine.start("b", demo());
        assertEquals(2, grants().size());
        engine.replies();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldStartAChildAndTellItsParentOfTheEnd() {
        engine.report("a", "w1", 1, childStarted(1, "a/1"));
        assertEquals("a/1", engine.transfers().get(0).key);
        engine.credit("w1", 2, 1);
        assertEquals("a/1", grants().get(0).getWorkflowId());
        engine.report("a/1", "w1", 1, completed(0));
        RecordedStep end = stepEnds().get(0);
        assertEquals(1, end.getSeq());
        assertEquals(StepKind.CHILD, end.getKind());
        assertEquals(StepStatus.COMPLETED, end.getStatus());
        assertEquals(json("\"done\""), end.getOutput());
        assertEquals("a/1", end.getChildWorkflowId());
        assertEquals(List.of(), engine.replies(), "nobody asked for it");
    }

    @Test
    void shouldCancelAParentWithItsChild() {
        engine.report("a", "w1", 1, childStarted(1, "a/1"));
        engine.credit("w1", 2, 1);
        grants();
        engine.command("a", cancel("x"));
        List<InboxMessage> told = engine.inboxOf("w1");
        assertEquals("a", told.get(0).getCancelRequested().getWorkflowId());
        assertEquals("a/1", told.get(1).getCancelRequested().getWorkflowId());
        assertEquals("workflow a", told.get(1).getCancelRequested().getNotice().getIssuer());
        engine.report("a", "w1", 1, surfaced(1, 1), cancelled(1));
        WorkflowState parent = engine.lastStatus();
        assertEquals("the end of its cancelled children", parent.getWaitingFor());
        engine.credit("w1", 3, 2);
        assertEquals(List.of(), grants(), "its code has ended");
        engine.report("a/1", "w1", 1, surfaced(0, 1), cancelled(0));
        assertEquals("a", engine.lastStatus().getWorkflowId());
    }

    @Test
    void shouldTellTheOwnerOfAMessage() {
        engine.report("a", "w1", 1, receiveStarted(1, "t"));
        engine.command("a", send("m1", "t", "hi"));
        RecordedStep end = stepEnds().get(0);
        assertEquals(StepKind.RECEIVE, end.getKind());
        assertEquals("t", end.getName());
        assertEquals(json("\"hi\""), end.getOutput());
        assertEquals(1, end.getUnconfirmedMessage());

        engine.command("a", send("m2", "t", "early"));
        assertEquals(List.of(), stepEnds());
        engine.report("a", "w1", 1, receiveStarted(2, "t"));
        assertEquals(json("\"early\""), stepEnds().get(0).getOutput(), "which is in an earlier entry");
    }

    @Test
    void shouldTellTheOwnerThatTheTimeOfAReceiveRanOut() {
        long dueAt = EngineUnderTest.BEGINNING.plusSeconds(5).toEpochMilli();
        engine.report("a", "w1", 1, receiveStarted(1, "t", dueAt));
        engine.advance(Duration.ofMillis(4_990));
        assertEquals(List.of(), stepEnds());
        engine.advance(Duration.ofMillis(10));
        RecordedStep end = stepEnds().get(0);
        assertNull(end.getOutput());
        assertEquals(0, end.getUnconfirmedMessage());
        assertEquals(StepStatus.COMPLETED, end.getStatus());
    }

    @Test
    void shouldGrantAParkedOneWithItsMessage() {
        engine.report("a", "w1", 1, receiveStarted(1, "t"), parked(1, Long.MAX_VALUE));
        engine.credit("w1", 2, 1);
        engine.command("a", send("m1", "t", "hi"));
        RecordedStep step = grants().get(0).getSteps().get(0);
        assertEquals(json("\"hi\""), step.getOutput());
        assertEquals(1, step.getUnconfirmedMessage());
    }

    @Test
    void shouldGrantAgainAtOnceWhatParksWhereItsMessageIsThere() {
        engine.command("a", send("m1", "t", "hi"));
        engine.report("a", "w1", 1, receiveStarted(1, "t"));
        engine.inboxOf("w1");
        engine.credit("w1", 2, 1);
        engine.report("a", "w1", 1, parked(1, Long.MAX_VALUE));
        List<InboxMessage> inbox = engine.inboxOf("w1");
        assertEquals(1, inbox.size(), "what has ended is in the grant");
        assertEquals(2, inbox.get(0).getGrant().getEpoch());
    }

    @Test
    void shouldSendAMessageFromOneToTheOther() {
        engine.report("b", "w1", 1, receiveStarted(1, "t"));
        engine.report("a", "w1", 1, messageSent(1, "b", "t", "hi"), messageSent(2, "nobody", "t", "hi"));
        List<RecordedStep> ends = stepEnds();
        assertEquals(List.of(StepKind.RECEIVE, StepKind.SEND, StepKind.SEND), kinds(ends));
        assertEquals(StepStatus.COMPLETED, ends.get(1).getStatus());
        assertEquals(
                "there is no workflow with this id", ends.get(2).getFailure().getMessage());
    }

    @Test
    void shouldTakeAMessageOfAKeyOnce() {
        engine.command("a", sendOnce("m1", "t", "key"));
        engine.command("a", sendOnce("m2", "t", "key"));
        engine.command("b", sendOnce("m3", "t", "key"));
        engine.command("a", sendOnce("m2", "t", "key"));
        List<CommandReply> replies = engine.replies();
        assertNull(replies.get(0).getReason());
        assertTrue(replies.get(1).getReason().contains("was taken before"));
        assertNull(replies.get(2).getReason(), "keys are the workflow's own");
        assertEquals(replies.get(1), replies.get(3));
        engine.report("a", "w1", 1, receiveStarted(1, "t"), receiveStarted(2, "t"));
        assertEquals(1, stepEnds().size());
    }

    @Test
    void shouldForkAndAnswerWhenTheCopyIsThere() {
        engine.report("a", "w1", 1, stepCompleted(1), stepCompleted(2));
        engine.credit("w1", 2, 1);
        engine.command("a", fork("f", "copy", 2));
        Grant grant = grants().get(0);
        assertEquals("copy", grant.getWorkflowId());
        assertEquals(
                List.of(1), grant.getSteps().stream().map(RecordedStep::getSeq).toList());
        CommandReply reply = engine.replies().get(0);
        assertEquals("copy", reply.getForkWorkflowId());
        assertEquals("a", reply.getWorkflowId());

        engine.command("a", fork("f", "copy", 2));
        assertEquals(List.of(reply), engine.replies());
        engine.command("a", fork("g", "b", 1));
        assertEquals("the workflow id b is taken", engine.replies().get(0).getReason());
        engine.command("a", fork("g", "b", 1));
        assertEquals(CommandOutcome.REJECTED, engine.replies().get(0).getOutcome());
    }

    @Test
    void shouldGrantALargeForkWhenItsLastPartIsThere() {
        for (int seq = 1; seq <= 6; seq++) {
            engine.report("a", "w1", 1, stepCompleted(seq, bytes(300_000)));
        }
        engine.transfers();
        engine.credit("w1", 2, 1);
        engine.command("a", fork("f", "copy", 7));
        assertEquals(6 + 1, engine.transfers().size(), "six parts and a receipt");
        List<Grant> parts = grants();
        assertEquals(6, parts.stream().mapToInt(part -> part.getSteps().size()).sum());
        assertEquals(1, engine.replies().size());
    }

    @Test
    void shouldReceiveAgainWhatOnlyACopiedStepHadReceived() {
        engine.command("a", send("m1", "t", "hi"));
        engine.report("a", "w1", 1, receiveStarted(1, "t"));
        engine.credit("w1", 2, 1);
        engine.command("a", fork("f", "copy", 2));
        engine.report("copy", "w1", 1, completed(1));
        engine.credit("w1", 3, 1);
        engine.command("copy", rewind("w", 1));
        engine.inboxOf("w1");
        engine.report("copy", "w1", 2, receiveStarted(1, "t"));
        assertEquals(json("\"hi\""), stepEnds().get(0).getOutput());
    }

    private List<Grant> grants() {
        return engine.inboxOf("w1").stream()
                .map(InboxMessage::getGrant)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<RecordedStep> stepEnds() {
        return engine.inboxOf("w1").stream()
                .filter(message -> message.getStepEnded() != null)
                .map(message -> message.getStepEnded().getStep())
                .toList();
    }

    private static List<StepKind> kinds(List<RecordedStep> steps) {
        return steps.stream().map(RecordedStep::getKind).toList();
    }
}
