package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Commands.sendOnce;
import static io.millrace.engine.testing.Reports.failedBy;
import static io.millrace.engine.testing.Reports.messageSent;
import static io.millrace.engine.testing.Reports.receiveSeen;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.json;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.stepFailed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Limits;
import io.millrace.schemas.MessageDelivered;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages: in the order in which they came, each received once, and none lost. */
class MessagesTest {
    private static final Input WAKE = new Input.WakeTimeReached(9, Given.NOW);

    @Test
    void shouldGiveAMessageToTheStepThatWaitsForIt() {
        Given parked = Given.running().and(receiveStarted(1, "t"), parked(1, Long.MAX_VALUE));
        assertEquals("a message on topic \"t\" in step 1", parked.state().getWaitingFor());
        Given other = parked.then(send("m1", "other", "no"));
        assertFalse(Statuses.isDispatchable(other.workflow()));
        Given came = other.then(send("m2", "t", "hi"));
        assertTrue(Statuses.isDispatchable(came.workflow()));
        assertEquals(json("\"hi\""), step(came, 1).getOutput());
        assertEquals(2, step(came, 1).getUnconfirmedMessage());
        // It is in the same entry as the message itself.
        MessageDelivered delivered =
                came.history().get(came.history().size() - 1).getFacts().get(1).getMessageDelivered();
        assertEquals(came.workflow().getHistoryNumber(), delivered.getEntryNumber());
    }

    @Test
    void shouldKeepMessagesThatComeBeforeTheWaitInOrder() {
        Given given = Given.enqueued()
                .then(send("m1", "t", "one"))
                .then(send("m2", "other", "else"))
                .then(send("m3", "t", "two"))
                .thenGranted("w1")
                .thenOwnerReports(receiveStarted(1, "t"), receiveStarted(2, "t"), receiveStarted(3, "t"));
        assertEquals(json("\"one\""), step(given, 1).getOutput());
        assertEquals(json("\"two\""), step(given, 2).getOutput());
        assertEquals(StepStatus.WAITING, step(given, 3).getStatus());
        assertEquals(1, given.workflow().getPendingMessages().size(), "that of the other topic");
        assertEquals(3, given.workflow().getMessageCount());
    }

    @Test
    void shouldGiveTheFirstMessageToTheFirstStepThatWaits() {
        Given given = Given.running()
                .thenOwnerReports(receiveStarted(5, "t"))
                .thenOwnerReports(receiveStarted(2, "t"))
                .then(send("m1", "t", "one"));
        assertEquals(StepStatus.COMPLETED, step(given, 2).getStatus());
        assertEquals(StepStatus.WAITING, step(given, 5).getStatus());
    }

    @Test
    void shouldEndAWaitWithNothingWhenItsTimeRunsOut() {
        for (Given given : List.of(
                Given.running().and(receiveStarted(1, "t", Given.NOW)),
                Given.running().and(receiveStarted(1, "t", Given.NOW), parked(1, Given.NOW)))) {
            assertEquals(Given.NOW, Statuses.wakeAtMs(given.workflow()));
            Given elapsed = given.then(WAKE);
            assertEquals(StepStatus.COMPLETED, step(elapsed, 1).getStatus());
            assertNull(step(elapsed, 1).getOutput());
            assertEquals(0, step(elapsed, 1).getUnconfirmedMessage());
            Given late = elapsed.then(send("m1", "t", "late"));
            assertEquals(1, late.workflow().getPendingMessages().size());
        }
    }

    @Test
    void shouldEndWaitsOfTheSameTimeOneAfterTheOther() {
        Given given = Given.running().and(receiveStarted(1, "t", Given.NOW), receiveStarted(2, "u", Given.NOW));
        Given once = given.then(WAKE);
        assertEquals(Given.NOW, Statuses.wakeAtMs(once.workflow()));
        Given twice = once.then(WAKE);
        assertEquals(2, twice.state().getStepCount());
        assertNull(Statuses.wakeAtMs(twice.workflow()));
    }

    @Test
    void shouldTakeAMessageOfAKeyOnce() {
        CommandReply first = Given.running().replyTo(sendOnce("m1", "t", "key"));
        Given taken = Given.running().then(sendOnce("m1", "t", "key"));
        Command again = sendOnce("m2", "t", "key");
        for (Given given : List.of(taken, taken.thenOwnerReports(completed(0)))) {
            Decision decision = given.when(new Input.CommandReceived(again, first, null, null, 9, Given.NOW));
            assertNotNull(decision.facts().get(0).getCommandNoted());
            CommandReply reply = ((Message.Reply) decision.messages().get(0)).reply();
            assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
            assertEquals("m2", reply.getCommandId());
            assertEquals("a message of this idempotency key was taken before: nothing has changed", reply.getReason());
        }
    }

    @Test
    void shouldRefuseMoreThanItCanKeep() {
        Given given = Given.enqueued();
        for (int i = 0; i < Limits.MAX_PENDING_MESSAGES; i++) {
            given = given.then(send("m" + i, "t", "x"));
        }
        CommandReply reply = given.replyTo(send("last", "t", "x"));
        assertEquals(CommandOutcome.REJECTED, reply.getOutcome());
        assertEquals(
                "the workflow has 500 messages that it has not received, and that is the limit", reply.getReason());
        Given room = given.thenGranted("w1").thenOwnerReports(receiveStarted(1, "t"));
        assertEquals(
                CommandOutcome.ACCEPTED, room.replyTo(send("last", "t", "x")).getOutcome());
    }

    @Test
    void shouldRefuseWhatNoGrantCouldCarry() {
        Command large = send("m", "t", "x");
        large.getSendMessage().setPayload(bytes(Limits.MAX_PAYLOAD_BYTES));
        Given given = Given.enqueued();
        int taken = 0;
        while (given.replyTo(large).getOutcome() == CommandOutcome.ACCEPTED) {
            given = given.then(large);
            taken++;
        }
        assertEquals(Limits.MAX_HISTORY_BYTES / Limits.MAX_PAYLOAD_BYTES, taken);
        assertTrue(given.replyTo(large).getReason().endsWith("the limit is " + Limits.MAX_HISTORY_BYTES));
    }

    @Test
    void shouldRefuseMessagesInWords() {
        assertRefused("the topic is empty", send("m", "", "x"));
        assertRefused("the topic has a control character in it", send("m", "a\nb", "x"));
        assertRefused("the topic has 257 characters; the limit is 256", send("m", "t".repeat(257), "x"));
        assertRefused("the idempotency key is empty", sendOnce("m", "t", ""));
        assertRefused("the idempotency key has 257 characters; the limit is 256", sendOnce("m", "t", "k".repeat(257)));
        Command large = send("m", "t", "x");
        large.getSendMessage().setPayload(bytes(Limits.MAX_PAYLOAD_BYTES + 1));
        assertRefused("the message has 491521 bytes; the limit is 491520", large);
    }

    private static void assertRefused(String reason, Command command) {
        assertEquals(reason, Given.running().replyTo(command).getReason());
        assertEquals(0, Given.running().then(command).workflow().getMessageCount());
    }

    @Test
    void shouldSendAWorkflowBackThatSawAnotherMessageThanIsOnRecord() {
        Given given = Given.running().and(receiveStarted(1, "t")).then(send("m1", "t", "one"));
        Decision other = given.whenOwnerReports(receiveSeen(1, 0), stepCompleted(2));
        assertEquals(
                "it saw message 0 in step 1; on record is message 1",
                other.facts().get(0).getWorkerLost().getReason());
        Decision early =
                Given.running().and(receiveStarted(1, "t")).whenOwnerReports(receiveSeen(1, 1), stepCompleted(2));
        assertEquals(
                "it saw message 1 in step 1, which has not ended",
                early.facts().get(0).getWorkerLost().getReason(),
                "it read of it in a transaction that was aborted, and is done again after this report");
        Given seen = given.thenOwnerReports(receiveSeen(1, 1));
        assertEquals(List.of(), seen.workflow().getUnconfirmedReceives());
        assertNull(step(seen, 1).getUnconfirmedMessage());
        assertEquals(List.of(), seen.whenOwnerReports(receiveSeen(1, 1)).facts());
    }

    @Test
    void shouldNotLetAWorkerEndAWait() {
        Given given = Given.running().and(receiveStarted(1, "t"));
        assertEquals(
                "it ends step 1, a RECEIVE, which ends by itself",
                given.whenOwnerReports(stepCompleted(1))
                        .facts()
                        .get(0)
                        .getWorkerLost()
                        .getReason());
    }

    @Test
    void shouldSendFromWorkflowToWorkflow() {
        World world = new World().runs("a").runs("b");
        world.reports("b", receiveStarted(1, "t")).reports("a", messageSent(1, "b", "t", "hi"));
        assertEquals(json("\"hi\""), step(world.of("b"), 1).getOutput());
        assertEquals(StepStatus.COMPLETED, step(world.of("a"), 1).getStatus());
        world.reports("a", messageSent(2, "b", "t", "one"), messageSent(3, "b", "t", "two"));
        world.reports("b", receiveStarted(2, "t"), receiveStarted(3, "t"));
        assertEquals(json("\"one\""), step(world.of("b"), 2).getOutput());
        assertEquals(json("\"two\""), step(world.of("b"), 3).getOutput());
        world.reports("a", messageSent(4, "a", "t", "me")).reports("a", receiveStarted(5, "t"));
        assertEquals(json("\"me\""), step(world.of("a"), 5).getOutput());
    }

    @Test
    void shouldTellASenderWhyAMessageWasRefused() {
        World world = new World().runs("a").runs("b").reports("b", completed(0));
        world.reports("a", messageSent(1, "b", "t", "x"), messageSent(2, "nobody", "t", "x"));
        world.reports("a", messageSent(3, "x".repeat(400_000), "t", "x"), messageSent(4, "b", "", "x"));
        List<String> reasons = world.of("a").journal().steps().stream()
                .map(step -> step.getStatus() + " " + step.getFailure().getMessage())
                .toList();
        assertEquals(
                List.of(
                        "FAILED the workflow is COMPLETED: nobody would receive the message",
                        "FAILED there is no workflow with this id",
                        "FAILED the workflow id has 400000 characters; the limit is 256",
                        "FAILED the topic is empty"),
                reasons);
        assertEquals(
                "io.millrace.MessageRejected",
                step(world.of("a"), 1).getFailure().getType());
    }

    @Test
    void shouldNotTakeTheReceiptOfAnEarlierRun() {
        World world = new World().runs("a").runs("b").hold();
        world.reports("a", stepFailed(1, Samples.failure("no")), messageSent(2, "b", "t", "x"), failedBy(1, 1, 2));
        world.commands("a", resume("r")).granted("a");
        world.reports("a", stepCompleted(1), messageSent(2, "b", "t", "x"));
        Input early = new Input.TransferReceived(Transfers.receipt("b", 2, 0), 9, Given.NOW);
        assertEquals(Decision.NOTHING, world.of("a").when(early));
        world.deliver();
        assertEquals(StepStatus.COMPLETED, step(world.of("a"), 2).getStatus());
    }

    @Test
    void shouldRecordAReceiptThatComesAfterTheEnd() {
        World world = new World().runs("a").runs("b").hold();
        WorkerFact sent = messageSent(1, "b", "t", "x");
        world.reports("a", sent, failedBy(1, 1, 1)).deliver();
        assertEquals(WorkflowStatus.FAILED, world.status("a"));
        assertEquals(StepStatus.COMPLETED, step(world.of("a"), 1).getStatus());
    }

    @Test
    void shouldStillTakeMessagesWhileItCleansUp() {
        Given cancelling = Given.running().then(cancel("x"));
        assertEquals(
                CommandOutcome.ACCEPTED, cancelling.replyTo(send("m", "t", "x")).getOutcome());
    }

    private static RecordedStep step(Given given, int seq) {
        return given.journal().step(seq).orElseThrow();
    }
}
