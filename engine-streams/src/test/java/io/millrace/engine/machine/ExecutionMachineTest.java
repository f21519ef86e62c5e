package io.millrace.engine.machine;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static io.millrace.engine.testing.Samples.workflowStarted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Released;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionMachineTest {
    @Test
    void shouldGrantUnderTheNextEpoch() {
        Decision first = Given.enqueued().when(new Input.WorkerAssigned("w1", 4, Given.NOW));
        assertEquals(facts(Given.granted("w1", 1, 4)), first);

        Decision second = Given.running().and(released()).when(new Input.WorkerAssigned("w2", 5, Given.NOW));
        assertEquals(facts(Given.granted("w2", 2, 5)), second);
    }

    @Test
    void shouldStartTheTimeoutWithTheFirstGrantAlone() {
        Given running = Given.running();
        long deadline = running.workflow().getState().getDeadlineMs();
        Given again = running.and(released()).then(new Input.WorkerAssigned("w2", 5, Given.NOW - 1));
        assertEquals(deadline, again.workflow().getState().getDeadlineMs());
        assertEquals("w1", again.workflow().getLastWorkerId());
    }

    @Test
    void shouldFailAWorkflowWhoseRecordNoGrantCouldCarry() {
        Given given = Given.running();
        int seq = 0;
        while (given.workflow().getHistoryBytes() + Limits.MAX_PAYLOAD_BYTES + 100 <= Limits.MAX_HISTORY_BYTES) {
            given = given.then(reported(++seq));
            assertEquals(WorkflowStatus.RUNNING, given.workflow().getState().getStatus());
        }
        var state = given.then(reported(seq + 1)).workflow().getState();
        assertEquals(WorkflowStatus.FAILED, state.getStatus());
        assertEquals("io.millrace.HistoryTooLarge", state.getFailure().getType());
        assertTrue(state.getFailure().getMessage().contains("the limit is " + Limits.MAX_HISTORY_BYTES));
        assertEquals(seq, state.getStepCount(), "what was on record stays");
    }

    private static Input reported(int seq) {
        WorkerFact fact = stepCompleted(seq, Samples.bytes(Limits.MAX_PAYLOAD_BYTES));
        return new Input.EventReceived(event("w1", 1, fact), Given.NOW, Given.NOW);
    }

    @Test
    void shouldCountLostWorkersUpToTheLimit() {
        Input lost = new Input.OwnerLost("w1", false, Given.NOW);
        assertEquals(
                facts(Facts.of(new WorkerLost("w1", 1L, 1, null))),
                Given.running().when(lost));

        Given lostTwice = Given.running();
        for (int epoch = 2; epoch <= Given.RECOVERY_LIMIT + 1; epoch++) {
            lostTwice = lostTwice.then(lost).and(Given.granted("w1", epoch, 4 + epoch));
        }
        assertEquals(
                facts(Facts.of(new WorkerLost("w1", 3L, 3, null)), Facts.of(new RecoveryExhausted(3))),
                lostTwice.when(lost));
        var state = lostTwice.then(lost).workflow().getState();
        assertEquals(WorkflowStatus.RETRIES_EXHAUSTED, state.getStatus());
        assertEquals(
                "lost its worker 3 times; is one of its steps killing the process?",
                state.getFailure().getMessage());
    }

    @Test
    void shouldNotCountAWorkerThatLeaves() {
        Input left = new Input.OwnerLost("w1", true, Given.NOW);
        assertEquals(
                facts(Facts.of(new Released("worker w1 has left"))),
                Given.running().when(left));
        assertEquals(0, Given.running().then(left).workflow().getState().getRecoveryAttempts());
    }

    @Test
    void shouldTakeAnEagerStartWithAllThatComesWithIt() {
        Decision decision =
                Given.nothing().when(received(event("w1", 1, eagerlyStarted(demo()), stepCompleted(1), completed(1))));
        assertEquals(
                facts(
                        Facts.of(workflowStarted("eager-command", demo(), 9L)),
                        Given.granted("w1", 1, 0),
                        Facts.of(stepCompleted(1)),
                        Facts.of(completed(1))),
                decision);
    }

    @Test
    void shouldKnowWhatRunsInTheProcessThatStartedIt() {
        Given eager = Given.nothing().then(received(event("w1", 1, eagerlyStarted(demo()))));
        assertTrue(Statuses.isWithItsStarter(eager.workflow()));
        assertTrue(Statuses.isWithItsStarter(eager.and(completed(0)).workflow()), "to its end");
        assertFalse(Statuses.isWithItsStarter(eager.and(released()).workflow()));
        assertFalse(Statuses.isWithItsStarter(
                eager.and(released()).and(Given.granted("w1", 2, 5)).workflow()));
        assertFalse(Statuses.isWithItsStarter(Given.enqueued().workflow()));
        assertFalse(Statuses.isWithItsStarter(Given.running().workflow()));
    }

    @Test
    void shouldNotRepeatAnEagerStart() {
        WorkerEvent event = event("w1", 1, eagerlyStarted(demo()), stepCompleted(1));
        Given started = Given.nothing().then(received(event));
        assertEquals(Decision.NOTHING, started.when(received(event)));
    }

    @Test
    void shouldRefuseAnEagerStartThatACommandWouldBeRefused() {
        Start delayed = demo();
        delayed.setDelayMs(1L);
        Start withoutType = demo();
        withoutType.setWorkflowType("");
        assertRevoked("an eager start has epoch 1", event("w1", 2, eagerlyStarted(demo())));
        assertRevoked("an eager start cannot be delayed", event("w1", 1, eagerlyStarted(delayed)));
        assertRevoked("the workflow type is empty", event("w1", 1, eagerlyStarted(withoutType)));
        assertRevoked("the command id is empty", event("w1", 1, eagerlyStartedBy("", "tester")));
        assertRevoked(
                "the issuer has 257 characters; the limit is 256",
                event("w1", 1, eagerlyStartedBy("c1", "i".repeat(257))));
    }

    @Test
    void shouldRefuseAnEagerStartUnderAnIdThatNoKeyCanHold() {
        Decision decision =
                new WorkflowMachine(1).decide("a\u0000b", null, received(event("w1", 1, eagerlyStarted(demo()))));
        assertEquals(
                List.of(Message.revoke("w1", "a\u0000b", 1, "the workflow id has a control character in it")),
                decision.messages());
        assertEquals(List.of(), decision.facts());
    }

    @Test
    void shouldTellAStrangerWhoOwnsIt() {
        assertEquals(
                revoked("w2", 1, "epoch 1 of worker w2 has ended: epoch 1 belongs to worker w1"),
                Given.running().when(received(event("w2", 1, stepCompleted(1)))));
        assertEquals(
                revoked("w1", 7, "epoch 7 of worker w1 has ended: epoch 1 belongs to worker w1"),
                Given.running().when(received(event("w1", 7, stepCompleted(1)))));
        assertEquals(
                revoked("w1", 1, "epoch 1 of worker w1 has ended: nobody owns it, its status is COMPLETED"),
                Given.running().and(completed(0)).when(received(event("w1", 1, stepCompleted(1)))));
        assertEquals(
                revoked("w1", 1, "there is no workflow with this id"),
                Given.nothing().when(received(event("w1", 1, stepCompleted(1)))));
    }

    @Test
    void shouldKeepTheOwnerOfAClosedWorkflowForTheRecord() {
        Given completed = Given.running().and(completed(0));
        assertEquals("w1", completed.workflow().getState().getWorkerId());
        assertNull(Statuses.ownerOf(completed.workflow()));
    }

    @Test
    void shouldNotBeMadeWithoutALimit() {
        assertThrows(IllegalArgumentException.class, () -> new WorkflowMachine(0));
    }

    private static WorkerFact eagerlyStartedBy(String commandId, String issuer) {
        WorkerFact fact = new WorkerFact();
        fact.setEagerlyStarted(new EagerlyStarted(commandId, issuer, demo()));
        return fact;
    }

    private static void assertRevoked(String reason, WorkerEvent event) {
        assertEquals(
                revoked(event.getWorkerId(), event.getEpoch(), reason),
                Given.nothing().when(received(event)));
    }

    private static Decision revoked(String workerId, long epoch, String reason) {
        return Decision.tell(Message.revoke(workerId, Given.ID, epoch, reason));
    }

    private static Decision facts(HistoryFact... facts) {
        return new Decision(List.of(facts), List.of());
    }

    private static Input received(WorkerEvent event) {
        return new Input.EventReceived(event, 9, Given.NOW);
    }
}
