package io.millrace.engine.topology;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.pause;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.rewind;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Commands.terminate;
import static io.millrace.engine.testing.Commands.unpause;
import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.surfaced;
import static io.millrace.engine.testing.Reports.toldAt;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Control commands on their way through the topics: who is told what, and in which order. */
class ControlTopologyTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @AfterEach
    void close() {
        engine.close();
    }

    private void running() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        grants("w1");
        engine.replies();
    }

    @Test
    void shouldCancelWhatRuns() {
        running();
        engine.command("a", cancel("x"));
        assertEquals(WorkflowStatus.CANCELLING, engine.lastStatus().getStatus());
        assertEquals(WorkflowStatus.CANCELLING, onlyReply().getStatus());
        InboxMessage told = engine.inboxOf("w1").get(0);
        assertEquals(1, told.getCancelRequested().getEpoch());
        assertEquals("tester", told.getCancelRequested().getNotice().getIssuer());

        engine.report("a", "w1", 1, stepCompleted(1));
        engine.report("a", "w1", 1, toldAt(2));
        engine.report("a", "w1", 1, cancelled(2));
        assertEquals(WorkflowStatus.CANCELLED, engine.lastStatus().getStatus());
    }

    @Test
    void shouldRefuseAnotherCommandUnderAnIdThatWasUsed() {
        running();
        engine.command("a", send("x", "orders", "hi"));
        CommandReply taken = onlyReply();
        engine.command("a", pause("x"));
        CommandReply refused = onlyReply();
        assertEquals(CommandOutcome.REJECTED, refused.getOutcome());
        assertTrue(refused.getInvalid());
        assertEquals(
                "the command id \"x\" is that of an earlier command of this workflow, a send message; give each command an id of its own",
                refused.getReason());
        assertEquals(WorkflowStatus.RUNNING, engine.lastStatus().getStatus());
        engine.command("a", send("x", "orders", "hi"));
        assertEquals(taken, onlyReply(), "the first one still has its answer");
    }

    @Test
    void shouldNeverRunWhatWasCancelledInItsQueue() {
        engine.start("a", demo());
        engine.command("a", cancel("x"));
        assertEquals(WorkflowStatus.CANCELLED, engine.lastStatus().getStatus());
        engine.workerTakes("w1", 5);
        assertEquals(List.of(), grants("w1"));
    }

    @Test
    void shouldGrantAParkedOneAtOnceForItsCleanUp() {
        running();
        long dueAt = EngineUnderTest.BEGINNING.plusSeconds(600).toEpochMilli();
        engine.report("a", "w1", 1, sleepStarted(1, dueAt), parked(1, dueAt));
        engine.credit("w1", 1, 1);
        engine.command("a", cancel("x"));
        Grant grant = grants("w1").get(0);
        assertEquals(2, grant.getEpoch());
        assertEquals(new CancelNotice("tester", "no need", null, 0), grant.getCancel());
        assertEquals(WorkflowStatus.CANCELLING, engine.lastStatus().getStatus());
        engine.report("a", "w1", 2, surfaced(1, 0), toldAt(1)[1], cancelled(1));
        assertEquals(WorkflowStatus.CANCELLED, engine.lastStatus().getStatus());
        engine.advance(Duration.ofSeconds(601));
        assertEquals(List.of(), engine.statuses());
    }

    @Test
    void shouldCleanUpElsewhereWhereTheOwnerIsLost() {
        running();
        engine.command("a", cancel("x"));
        engine.report("a", "w1", 1, surfaced(2, 1));
        engine.letLeasesRunOut();
        engine.workerTakes("w2", 1);
        Grant grant = grants("w2").get(0);
        assertEquals(2, grant.getCancel().getSurfacedAfterStep());
        assertEquals(1, grant.getCancel().getSurfacedPoint());
        engine.report("a", "w2", 2, cancelled(0));
        assertEquals(WorkflowStatus.CANCELLED, engine.lastStatus().getStatus());
    }

    @Test
    void shouldTerminateAndRejectWhatComesLate() {
        running();
        engine.command("a", terminate("x"));
        assertEquals(WorkflowStatus.TERMINATED, engine.lastStatus().getStatus());
        assertEquals(
                "the workflow was terminated by tester",
                engine.inboxOf("w1").get(0).getRevoked().getReason());
        engine.report("a", "w1", 1, stepCompleted(1), completed(1));
        assertNotNull(engine.inboxOf("w1").get(0).getRevoked());
        assertEquals(List.of(), engine.statuses());
    }

    @Test
    void shouldPauseAndGoOn() {
        running();
        engine.command("a", pause("p"));
        assertTrue(engine.inboxOf("w1").get(0).getPauseChanged().getPaused());
        engine.report("a", "w1", 1, stepCompleted(1), released());
        engine.credit("w1", 1, 1);
        engine.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), grants("w1"));
        assertEquals(WorkflowStatus.PAUSED, engine.lastStatus().getStatus());
        engine.command("a", unpause("u"));
        assertEquals(2, grants("w1").get(0).getEpoch());
        assertEquals(
                List.of(WorkflowStatus.PAUSED, WorkflowStatus.RUNNING),
                engine.replies().stream().map(CommandReply::getStatus).toList());
    }

    @Test
    void shouldTellAWorkerThatItsWorkflowIsPausedWhereItHadMissedTheGrant() {
        running();
        engine.command("a", pause("p"));
        engine.inboxOf("w1");
        // It is alive, and has never said that it saw the grant.
        engine.advance(Duration.ofSeconds(6));
        List<InboxMessage> inbox = engine.inboxOf("w1");
        assertEquals("a", inbox.get(0).getGrant().getWorkflowId());
        assertTrue(inbox.get(1).getPauseChanged().getPaused());
    }

    @Test
    void shouldRunAgainUnderItsOwnId() {
        running();
        engine.report("a", "w1", 1, stepCompleted(1), stepCompleted(2), failed(2));
        engine.credit("w1", 1, 1);
        engine.command("a", resume("r"));
        Grant resumed = grants("w1").get(0);
        assertEquals(1, resumed.getRun());
        assertEquals(2, resumed.getSteps().size());
        assertEquals(WorkflowStatus.ENQUEUED, onlyReply().getStatus());
        assertEquals(WorkflowStatus.RUNNING, engine.lastStatus().getStatus());

        engine.report("a", "w1", 2, completed(2));
        engine.credit("w1", 2, 1);
        engine.command("a", resume("r2"));
        assertEquals(CommandOutcome.REJECTED, onlyReply().getOutcome());
        assertNotNull(engine.lastStatus().getOutput(), "the result stays");

        engine.command("a", rewind("r3", 2));
        assertEquals(1, grants("w1").get(0).getSteps().size());
        assertNull(engine.lastStatus().getOutput());
    }

    @Test
    void shouldHurryPastAQueueThatWaits() {
        for (String id : List.of("a", "b", "c")) {
            engine.start(id, demo());
        }
        engine.command("c", resume("r1"));
        engine.advance(Duration.ofMillis(10));
        engine.command("b", resume("r2"));
        engine.workerTakes("w1", 3);
        assertEquals(
                List.of("c", "b", "a"),
                grants("w1").stream().map(Grant::getWorkflowId).toList());
    }

    @Test
    void shouldAnswerACommandThatComesAgainAsBeforeAndDoNothing() {
        running();
        for (Command command : List.of(cancel("x"), pause("p"), terminate("t"), resume("r"), rewind("w", 1))) {
            engine.command("a", command);
            int facts = engine.history().size();
            assertTrue(facts > 0);
            CommandReply first = onlyReply();
            engine.advance(Duration.ofSeconds(1));
            engine.history();
            engine.command("a", command);
            assertEquals(first, onlyReply());
            assertEquals(List.of(), engine.history());
        }
    }

    @Test
    void shouldRejectWhatIsForNobody() {
        for (Command command : List.of(cancel("x"), resume("r"), unpause("u"))) {
            engine.command("nobody", command);
            CommandReply reply = onlyReply();
            assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
            assertEquals("there is no workflow with this id", reply.getReason());
            assertEquals(WorkflowStatus.UNKNOWN, reply.getStatus());
        }
        assertEquals(List.of(), engine.history());
    }

    private CommandReply onlyReply() {
        List<CommandReply> replies = engine.replies();
        assertEquals(1, replies.size());
        return replies.get(0);
    }

    private List<Grant> grants(String workerId) {
        return engine.inboxOf(workerId).stream()
                .map(InboxMessage::getGrant)
                .filter(Objects::nonNull)
                .toList();
    }
}
