package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Commands.pause;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.unpause;
import static io.millrace.engine.testing.QueueSamples.move;
import static io.millrace.engine.testing.QueueSamples.placed;
import static io.millrace.engine.testing.QueueSamples.setPriority;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Revoked;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where in which queue a workflow waits, and what becomes of that in its life. */
class QueueingTest {
    private static final String OTHER = "other";

    private static Given waiting() {
        return Given.started(placed(7, "once", "tenant"));
    }

    @Test
    void shouldKeepWhatItWasStartedWith() {
        Given given = waiting();
        assertEquals(7, given.state().getPriority());
        assertEquals(7, Queueing.priorityOf(given.workflow()));
        assertEquals("once", given.state().getDeduplicationId());
        assertEquals("tenant", given.state().getPartitionKey());
        assertEquals("default", given.workflow().getDeduplicationQueue());
        assertFalse(given.state().getExpedited());
        Given plain = Given.enqueued();
        assertNull(plain.state().getPriority());
        assertNull(plain.workflow().getDeduplicationQueue());
        assertEquals(Limits.DEFAULT_PRIORITY, Queueing.priorityOf(plain.workflow()));
    }

    @Test
    void shouldWaitWithAnotherPriorityInItsPlace() {
        for (Given given : List.of(waiting(), Given.delayed(), waiting().then(pause("p")))) {
            CommandReply reply = given.replyTo(setPriority("c", 3));
            assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
            assertEquals("set priority", reply.getCommand());
            assertEquals(given.state().getStatus(), reply.getStatus());
            Given after = given.then(setPriority("c", 3));
            assertEquals(given.state().getStatus(), after.state().getStatus());
            assertEquals(3, after.state().getPriority());
            assertEquals(given.workflow().getQueueOrder(), after.workflow().getQueueOrder());
        }
    }

    @Test
    void shouldLeaveAPriorityThatItHas() {
        assertUnchanged("the priority is 7 already: nothing has changed", waiting(), setPriority("c", 7));
        assertUnchanged("the priority is 100 already: nothing has changed", Given.enqueued(), setPriority("c", 100));
    }

    @Test
    void shouldMoveToTheEndOfAnotherQueue() {
        for (Given given : List.of(waiting(), Given.delayed(), waiting().then(pause("p")))) {
            Given moved = given.then(move("c", OTHER, 2, null));
            assertEquals(given.state().getStatus(), moved.state().getStatus());
            assertEquals(
                    "move to queue", given.replyTo(move("c", OTHER, 2, null)).getCommand());
            assertEquals(OTHER, moved.state().getQueue());
            assertEquals(2, moved.state().getPriority());
            assertNull(moved.state().getPartitionKey());
            assertEquals(9, moved.workflow().getQueueOrder());
            assertEquals(given.state().getDeduplicationId(), moved.state().getDeduplicationId());
            assertEquals(
                    given.workflow().getDeduplicationQueue(), moved.workflow().getDeduplicationQueue());
        }
    }

    @Test
    void shouldMoveWithinItsQueueWhereSomethingIsOtherwise() {
        String note = "the workflow waits on queue \"default\" already, as it is to: nothing has changed";
        assertUnchanged(note, waiting(), move("c", "default", 7, "tenant"));
        assertUnchanged(note, Given.enqueued(), move("c", "default", null, null));
        assertUnchanged(note, Given.enqueued(), move("c", "default", 100, null));
        assertEquals("x", waiting().then(move("c", "default", 7, "x")).state().getPartitionKey());
        Given plain = waiting().then(move("c", "default", null, "tenant"));
        assertNull(plain.state().getPriority());
    }

    @Test
    void shouldRefuseWhatHasBegunOrEnded() {
        Given paused = Given.running().then(pause("p"));
        for (Given given : List.of(
                Given.running(),
                Given.running().and(released()),
                paused,
                waiting().terminated())) {
            String start = "the workflow is " + given.state().getStatus() + ": only what waits in its queue can be ";
            assertRejected(start + "given another priority", false, given.replyTo(setPriority("c", 3)));
            assertRejected(start + "moved to another one", false, given.replyTo(move("c", OTHER, null, null)));
        }
    }

    @Test
    void shouldTakeOneThatWasReopenedForWaiting() {
        Given reopened = Given.running().and(failed(0)).then(resume("r"));
        assertEquals(3, reopened.then(setPriority("c", 3)).state().getPriority());
        assertEquals(OTHER, reopened.then(move("c", OTHER, null, null)).state().getQueue());
    }

    @Test
    void shouldHurryPastItsQueueOnce() {
        Given hurried = waiting().then(resume("r"));
        assertTrue(hurried.state().getExpedited());
        assertUnchanged(
                "the workflow goes before all others already: nothing has changed", hurried, resume("r2", "default"));
        assertRejected(
                "the workflow is ENQUEUED, and goes before all others already, whatever its priority; move it to have"
                        + " that undone",
                false,
                hurried.replyTo(setPriority("c", 3)));
        assertTrue(hurried.thenGranted("w1").state().getExpedited(), "it holds no slot, and never will in this run");
        Given paused = hurried.then(pause("p")).then(unpause("u"));
        assertTrue(paused.state().getExpedited());
        Given back = hurried.then(move("c", "default", 7, "tenant"));
        assertFalse(back.state().getExpedited());
        assertEquals(9, back.workflow().getQueueOrder());
        assertFalse(hurried.terminated().then(resume("r3")).state().getExpedited());
    }

    @Test
    void shouldKeepItsPlaceOnTheQueueThatItIsReopenedOn() {
        Given closed = waiting().terminated();
        for (Command resume : List.of(resume("r"), resume("r", "default"))) {
            Given same = closed.then(resume);
            assertEquals(7, same.state().getPriority());
            assertEquals("tenant", same.state().getPartitionKey());
        }
        Given other = closed.then(resume("r", OTHER));
        assertNull(other.state().getPriority());
        assertNull(other.state().getPartitionKey());
        assertEquals("once", other.state().getDeduplicationId());
        assertEquals("default", other.workflow().getDeduplicationQueue());
    }

    @Test
    void shouldCopyItsPlaceWithinItsQueue() {
        Start same = copyOf(fork("f", "copy", 1));
        assertEquals(7, same.getPriority());
        assertEquals("tenant", same.getPartitionKey());
        assertNull(same.getDeduplicationId(), "the source holds it");
        Command elsewhere = fork("f", "copy", 1);
        elsewhere.getFork().setQueue(OTHER);
        Start other = copyOf(elsewhere);
        assertNull(other.getPriority());
        assertNull(other.getPartitionKey());
    }

    private static Start copyOf(Command fork) {
        Message.ToWorkflow part =
                (Message.ToWorkflow) waiting().when(fork).messages().get(0);
        return part.body().getForkPart().getStart();
    }

    @Test
    void shouldKnowWhoseCreditItsGrantUsed() {
        Given granted = waiting().then(new Input.WorkerAssigned("w1", 4, 3, Given.NOW));
        assertEquals(3, granted.workflow().getCreditPartition());
        assertEquals(4, granted.workflow().getGrantNumber());
        Given released = granted.thenOwnerReports(released());
        assertNull(released.workflow().getCreditPartition());
        assertNull(released.thenGranted("w2").workflow().getCreditPartition());
    }

    @Test
    void shouldWaitWhereAnEagerStartWouldRunPastLimits() {
        var eager = event("w1", 1, eagerlyStarted(demo()), stepCompleted(1));
        Input input = new Input.EventReceived(eager, true, 9, Given.NOW);
        Decision decision = Given.nothing().when(input);
        WorkflowStarted started = Samples.workflowStarted("eager-command", demo(), 9L);
        started.setEpoch(1);
        assertEquals(List.of(Facts.of(started)), decision.facts());
        Message.ToWorker told = (Message.ToWorker) decision.messages().get(0);
        assertEquals("w1", told.workerId());
        assertEquals(
                new Revoked(Given.ID, 1L, "queue \"default\" has limits: the workflow waits in it"),
                told.body().getRevoked());
        Given waits = Given.nothing().then(input);
        assertEquals(WorkflowStatus.ENQUEUED, waits.state().getStatus());
        assertTrue(Statuses.isDispatchable(waits.workflow()));
        assertEquals(List.of(), waits.when(input).facts(), "the record came twice");
    }

    @Test
    void shouldTakeNothingOfAnEagerStartThatWasRevokedForTheGrantedOne() {
        var eager = event("w1", 1, eagerlyStarted(demo()));
        Given granted = Given.nothing()
                .then(new Input.EventReceived(eager, true, 9, Given.NOW))
                .thenGranted("w1");
        assertEquals(2, granted.state().getEpoch());
        Input late = new Input.EventReceived(event("w1", 1, stepCompleted(1)), 9, Given.NOW);
        assertEquals(List.of(), granted.when(late).facts());
        assertEquals(1, granted.thenOwnerReports(stepCompleted(1)).state().getStepCount());
    }

    @Test
    void shouldRefuseAnEagerStartThatIsNotAllowed() {
        var eager = event("w1", 1, eagerlyStarted(placed(1, "once", "tenant")));
        Decision decision = Given.nothing().when(new Input.EventReceived(eager, true, 9, Given.NOW));
        assertEquals(List.of(), decision.facts());
        Message.ToWorker told = (Message.ToWorker) decision.messages().get(0);
        assertEquals(
                "an eager start cannot have a deduplication id: nobody has said that it is free",
                told.body().getRevoked().getReason());
    }

    @Test
    void shouldRefusePlacesThatThereAreNot() {
        assertRejected(
                "the priority is 1000001; it must be from 1 to 1000000",
                true,
                waiting().replyTo(setPriority("c", Limits.MAX_PRIORITY + 1)));
        assertRejected(
                "the priority is 0; it must be from 1 to 1000000",
                true,
                waiting().replyTo(move("c", OTHER, 0, null)));
        assertRejected(
                "the queue has a control character in it", true, waiting().replyTo(move("c", "a\u0000b", 1, null)));
        assertRejected("the partition key is empty", true, waiting().replyTo(move("c", OTHER, 1, "")));
        assertRejected(
                "the partition key has a control character in it",
                true,
                waiting().replyTo(move("c", OTHER, 1, "a\u0000b")));
    }

    @Test
    void shouldTellCommandsAboutQueuesFromOthers() {
        Command command = io.millrace.engine.testing.Commands.empty("c");
        command.setSetQueue(new SetQueue());
        assertTrue(CommandKind.isAboutQueue(command));
        assertFalse(CommandKind.SET_QUEUE.needsJournal(WorkflowStatus.FAILED));
        command.setPause(pause("c").getPause());
        assertFalse(CommandKind.isAboutQueue(command), "it is about nothing that could be told");
        assertFalse(CommandKind.isAboutQueue(move("c", OTHER, null, null)));
    }

    private static void assertUnchanged(String note, Given given, Command command) {
        CommandReply reply = given.replyTo(command);
        assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
        assertEquals(note, reply.getReason());
        assertEquals(
                List.of(FactKind.COMMAND_NOTED),
                given.when(command).facts().stream().map(FactKind::of).toList());
    }

    static void assertRejected(String reason, boolean invalid, CommandReply reply) {
        assertEquals(reason, reply.getReason());
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertEquals(invalid, reply.getInvalid());
    }
}
