package io.millrace.engine.machine;

import static io.millrace.engine.machine.QueueingTest.assertRejected;
import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.rewind;
import static io.millrace.engine.testing.QueueSamples.move;
import static io.millrace.engine.testing.QueueSamples.placed;
import static io.millrace.engine.testing.QueueSamples.setPriority;
import static io.millrace.engine.testing.QueueSamples.takingHolder;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.startCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.QueueSamples;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.QueueAnswered;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a command, or of a child, when its queue was asked whether it may be. */
class QueueAnswersTest {
    private static final QueueAnswered OBJECTION = QueueSamples.objection("there is no queue \"x\"");
    private static final QueueAnswered HELD = QueueSamples.heldBy("order-9");
    private static final String IS_HELD =
            "the deduplication id \"once\" on queue \"default\" is held by workflow \"order-9\", which has not ended";

    @Test
    void shouldDoWhatTheQueueHasNothingAgainst() {
        QueueAnswered allowed = QueueSamples.allowed();
        Command start = startCommand("s", demo());
        assertEquals(
                Given.nothing().when(start),
                Given.nothing().when(Given.nothing().asked(start, allowed)));
        Given waiting = Given.enqueued();
        for (Command command : List.of(setPriority("c", 3), move("c", "other", null, null), fork("c", "copy", 1))) {
            assertEquals(waiting.when(command), waiting.when(waiting.asked(command, allowed)));
        }
    }

    @Test
    void shouldRefuseAsInvalidWhatTheQueueObjectsTo() {
        assertRejected(OBJECTION.getObjection(), true, Given.nothing().replyTo(startCommand("s", demo()), OBJECTION));
        for (Command command : List.of(setPriority("c", 3), move("c", "other", null, null), fork("c", "copy", 1))) {
            assertRejected(OBJECTION.getObjection(), true, Given.enqueued().replyTo(command, OBJECTION));
        }
        Given closed = Given.enqueued().terminated();
        assertRejected(OBJECTION.getObjection(), true, closed.replyTo(resume("r", "other"), OBJECTION));
    }

    @Test
    void shouldLeaveAnObjectionAsideWhereNothingDependsOnTheQueue() {
        CommandReply existing = Given.running().replyTo(startCommand("s", demo()), OBJECTION);
        assertEquals(CommandOutcome.ACCEPTED, existing.getOutcome());
        assertTrue(existing.getExisting());
        assertEquals(
                Given.running().when(cancel("x")),
                Given.running().when(Given.running().asked(cancel("x"), OBJECTION)));
        assertEquals(
                "the workflow is RUNNING: only what waits in its queue can be given another priority",
                Given.running().replyTo(setPriority("c", 3), OBJECTION).getReason());
    }

    @Test
    void shouldAnswerWhatWasAnsweredAsBefore() {
        CommandReply first = Given.enqueued().replyTo(setPriority("c", 3));
        Input again = new Input.CommandReceived(setPriority("c", 3), first, null, OBJECTION, 9, Given.NOW);
        assertEquals(
                Decision.tell(new Message.Reply(first, 2)), Given.enqueued().when(again));
    }

    @Test
    void shouldNameTheHolderOfADeduplicationId() {
        CommandReply reply = Given.nothing().replyTo(startCommand("s", placed(1, "once", "tenant")), HELD);
        assertRejected(IS_HELD, false, reply);
        assertEquals("order-9", reply.getDeduplicationHolder());
        assertEquals(Given.ID, reply.getWorkflowId());
        assertEquals(WorkflowStatus.UNKNOWN, reply.getStatus());
    }

    @Test
    void shouldAnswerWithTheHolderWhereThatIsWanted() {
        CommandReply reply = Given.nothing().replyTo(takingHolder("s"), HELD);
        assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
        assertTrue(reply.getExisting());
        assertEquals("order-9", reply.getWorkflowId());
        assertEquals("order-9", reply.getDeduplicationHolder());
        assertEquals(WorkflowStatus.UNKNOWN, reply.getStatus());
        assertEquals(IS_HELD, reply.getReason());
        assertEquals(
                List.of(),
                Given.nothing()
                        .when(Given.nothing().asked(takingHolder("s"), HELD))
                        .facts());
    }

    @Test
    void shouldPreferTheObjectionToTheHolder() {
        QueueAnswered both = new QueueAnswered(HELD.getAsked(), "no priorities here", "order-9", null);
        CommandReply reply = Given.nothing().replyTo(takingHolder("s"), both);
        assertRejected("no priorities here", true, reply);
        assertNull(reply.getDeduplicationHolder());
    }

    @Test
    void shouldTellWhoStartsATakenIdOfTheWorkflowThatHasIt() {
        CommandReply reply = Given.running().replyTo(takingHolder("s"), HELD);
        assertTrue(reply.getExisting());
        assertEquals(Given.ID, reply.getWorkflowId());
        assertNull(reply.getDeduplicationHolder());
    }

    @Test
    void shouldNotReopenWhileAnotherHoldsItsId() {
        Given closed = Given.started(placed(1, "once", "tenant")).terminated();
        assertRejected(IS_HELD, false, closed.replyTo(resume("r"), HELD));
        assertRejected(IS_HELD, false, closed.replyTo(rewind("r", 1), HELD));
        assertEquals(
                WorkflowStatus.ENQUEUED,
                closed.then(closed.asked(resume("r"), QueueSamples.allowed()))
                        .state()
                        .getStatus());
    }

    @Test
    void shouldStartAChildThatItsQueueAllows() {
        Given child = Given.nothing().then(told(QueueSamples.allowedChild("parent-1", 3)));
        assertEquals(WorkflowStatus.ENQUEUED, child.state().getStatus());
        assertEquals("parent-1", child.state().getParentWorkflowId());
        assertEquals(3, child.state().getParentStep());
        assertEquals(Decision.NOTHING, child.when(told(QueueSamples.objectedChild("parent-1", 3))), "it runs already");
    }

    @Test
    void shouldTellAParentWhyAChildIsNotStarted() {
        assertEquals("no such queue", newsOf(QueueSamples.objectedChild("parent-1", 3)));
        Transfer held = QueueSamples.allowedChild("parent-1", 3);
        held.getQueueAnswered().setHolder("order-9");
        assertEquals(IS_HELD, newsOf(held));
    }

    private static String newsOf(Transfer answered) {
        Decision decision = Given.nothing().when(told(answered));
        assertEquals(List.of(), decision.facts());
        Message.ToWorkflow news = (Message.ToWorkflow) decision.messages().get(0);
        assertEquals("parent-1", news.workflowId());
        ChildEnded ended = news.body().getChildNews().getEnded();
        assertEquals(3, ended.getSeq());
        assertEquals(WorkflowStatus.UNKNOWN, ended.getStatus());
        return ended.getFailure().getMessage();
    }

    private static Input told(Transfer transfer) {
        return new Input.TransferReceived(transfer, 9, Given.NOW);
    }
}
