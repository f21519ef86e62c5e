package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.pause;
import static io.millrace.engine.testing.Commands.resume;
import static io.millrace.engine.testing.Commands.terminate;
import static io.millrace.engine.testing.Reports.cancelled;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Reports.stepCancelled;
import static io.millrace.engine.testing.Reports.surfaced;
import static io.millrace.engine.testing.Reports.toldAt;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.failed;
import static io.millrace.engine.testing.Samples.failure;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CANCELLED means stopped: no step of the workflow is running and none will start. */
class CancelTest {
    @Test
    void shouldStopAtOnceWhatNeverRan() {
        for (Given given : List.of(Given.enqueued(), Given.delayed())) {
            Given after = given.then(cancel("x"));
            assertEquals(WorkflowStatus.CANCELLED, given.replyTo(cancel("x")).getStatus());
            assertEquals(WorkflowStatus.CANCELLED, after.state().getStatus());
            assertFalse(Statuses.isDispatchable(after.workflow()));
            assertNull(Statuses.wakeAtMs(after.workflow()));
            assertEquals(Given.BEGINNING, after.state().getCompletedAtMs());
        }
    }

    @Test
    void shouldNotBeCancelledBeforeItsCodeHasEnded() {
        Given cancelling = Given.running().then(cancel("x"));
        assertEquals(WorkflowStatus.CANCELLING, cancelling.state().getStatus());

        Given stepEnded = cancelling.thenOwnerReports(stepCompleted(1));
        assertEquals(WorkflowStatus.CANCELLING, stepEnded.state().getStatus());
        assertEquals(1, stepEnded.state().getStepCount(), "the running step is recorded");

        Given cleaned = stepEnded.thenOwnerReports(toldAt(2)).thenOwnerReports(stepCompleted(3));
        assertEquals(WorkflowStatus.CANCELLING, cleaned.state().getStatus(), "it may clean up");

        Given ended = cleaned.thenOwnerReports(cancelled(3));
        assertEquals(WorkflowStatus.CANCELLED, ended.state().getStatus());
        assertNull(ended.state().getFailure());
        assertNull(ended.state().getWorkerId());
        assertEquals(StepStatus.CANCELLED, ended.journal().step(2).orElseThrow().getStatus());
    }

    @Test
    void shouldTellTheOwnerWhoAskedAndWhy() {
        var notice = Given.running().when(cancel("x")).messages().get(0);
        var requested = ((Message.ToWorker) notice).body().getCancelRequested();
        assertEquals(1, requested.getEpoch());
        assertEquals(new CancelNotice("tester", "no need", null, 0), requested.getNotice());
    }

    @Test
    void shouldKeepTheErrorOfACleanUpThatFailed() {
        Given given = Given.running().then(cancel("x")).thenOwnerReports(toldAt(1));
        Given ended = given.thenOwnerReports(cancelled(1, failure("no undo")));
        assertEquals(WorkflowStatus.CANCELLED, ended.state().getStatus());
        assertEquals(failure("no undo"), ended.state().getFailure());
    }

    @Test
    void shouldEndAsItsCodeDoesWhereThatDoesNotMindTheCancel() {
        Given cancelling = Given.running().then(cancel("x"));
        Given returned = cancelling.thenOwnerReports(stepCompleted(1), completed(1));
        assertEquals(WorkflowStatus.COMPLETED, returned.state().getStatus());
        assertTrue(returned.history().stream()
                .anyMatch(entry -> entry.getFacts().get(0).getCancelAsked() != null));
        assertEquals(
                WorkflowStatus.FAILED,
                cancelling.thenOwnerReports(failed(0)).state().getStatus());
    }

    @Test
    void shouldAcceptASecondCancelAndChangeNothing() {
        Given cancelling = Given.running().then(cancel("x"));
        CommandReply reply = cancelling.replyTo(cancel("y"));
        assertEquals(CommandOutcome.ACCEPTED, reply.getOutcome());
        assertEquals("the workflow is CANCELLING already: nothing has changed", reply.getReason());
        assertEquals(
                cancelling.workflow().getCancel(),
                cancelling.then(cancel("y")).workflow().getCancel());

        Given cancelled = Given.enqueued().then(cancel("x"));
        assertEquals(
                "the workflow is CANCELLED already: nothing has changed",
                cancelled.replyTo(cancel("y")).getReason());
    }

    @Test
    void shouldEndAWaitAtOnce() {
        Given sleeping = Given.running().and(sleepStarted(1, Given.NOW), parked(1, Given.NOW));
        Given receiving = Given.running().and(receiveStarted(1, "t"), parked(1, Long.MAX_VALUE));
        for (Given parked : List.of(sleeping, receiving)) {
            assertFalse(Statuses.isDispatchable(parked.workflow()));
            Given cancelling = parked.then(cancel("x"));
            assertTrue(Statuses.isDispatchable(cancelling.workflow()), "somebody is to clean up");
            assertNull(cancelling.state().getWaitingFor());
            Given granted = cancelling.thenGranted("w2");
            assertEquals(WorkflowStatus.CANCELLING, granted.state().getStatus());
            assertEquals("w2", Statuses.ownerOf(granted.workflow()));
        }
    }

    @Test
    void shouldGoOnAtOnceWhereItParksAndDoesNotKnowYet() {
        Given crossed =
                Given.running().then(cancel("x")).thenOwnerReports(sleepStarted(1, Given.NOW), parked(1, Given.NOW));
        assertTrue(Statuses.isDispatchable(crossed.workflow()));
        assertNull(crossed.workflow().getParkedUntilMs());
    }

    @Test
    void shouldLetACleanUpWait() {
        Given parked = Given.running()
                .then(cancel("x"))
                .thenOwnerReports(toldAt(1))
                .thenOwnerReports(sleepStarted(2, Given.NOW), parked(2, Given.NOW));
        assertFalse(Statuses.isDispatchable(parked.workflow()));
        assertEquals(Given.NOW, Statuses.wakeAtMs(parked.workflow()));
        Given awake = parked.then(new Input.WakeTimeReached(9, Given.NOW));
        assertTrue(Statuses.isDispatchable(awake.workflow()));
        assertEquals(
                WorkflowStatus.CANCELLED,
                awake.thenGranted("w1").thenOwnerReports(cancelled(2)).state().getStatus());
    }

    @Test
    void shouldCleanUpElsewhereWhereTheOwnerIsDead() {
        Given cancelling = Given.running().then(cancel("x")).thenOwnerReports(surfaced(2, 1));
        Given lost = cancelling.then(new Input.OwnerLost("w1", false, Given.NOW));
        assertTrue(Statuses.isDispatchable(lost.workflow()));
        Given elsewhere = lost.thenGranted("w2");
        assertEquals(WorkflowStatus.CANCELLING, elsewhere.state().getStatus());
        CancelNotice notice = elsewhere.workflow().getCancel().getNotice();
        assertEquals(new CancelNotice("tester", "no need", 2, 1), notice, "its replay is told at the same place");
    }

    @Test
    void shouldTakeThePlaceWhereItWasToldOnce() {
        Given told = Given.running().then(cancel("x")).thenOwnerReports(surfaced(2, 1));
        Decision again = told.whenOwnerReports(surfaced(2, 1));
        assertEquals(List.of(), again.facts());
    }

    @Test
    void shouldNotTakeAnEndWithStepsMissing() {
        Given told = Given.running().then(cancel("x")).thenOwnerReports(toldAt(1));
        Decision decision = told.whenOwnerReports(cancelled(3));
        assertEquals(
                "it completes with 3 steps; 1 are on record",
                decision.facts().get(0).getWorkerLost().getReason());
    }

    @Test
    void shouldEndAReceiveThatTheCodeDoesNotWaitForAnyMore() {
        Given told = Given.running()
                .and(receiveStarted(1, "t"))
                .then(cancel("x"))
                .thenOwnerReports(surfaced(1, 0), stepCancelled(1, StepKind.RECEIVE));
        assertEquals(List.of(), told.workflow().getWaitingSteps());
        assertEquals(
                WorkflowStatus.CANCELLED,
                told.thenOwnerReports(cancelled(1)).state().getStatus());
    }

    @Test
    void shouldCancelAPausedOne() {
        assertEquals(
                WorkflowStatus.CANCELLED,
                Given.enqueued().then(pause("p")).then(cancel("x")).state().getStatus());
        Given running = Given.running().then(pause("p"));
        assertEquals(
                WorkflowStatus.CANCELLING, running.then(cancel("x")).state().getStatus());
        Given letGo = running.and(released()).then(cancel("x"));
        assertEquals(WorkflowStatus.CANCELLING, letGo.state().getStatus());
        assertTrue(Statuses.isDispatchable(letGo.workflow()));
        assertNull(letGo.workflow().getPausedFrom());
    }

    @Test
    void shouldLetNoOldExecutionCountAfterAResume() {
        Given resumed = Given.running().then(terminate("x")).then(resume("r")).thenGranted("w2");
        Decision late = resumed.when(new Input.EventReceived(event("w1", 1, stepCompleted(1), completed(1)), 9, 9));
        assertEquals(List.of(), late.facts());
        assertEquals(2, resumed.state().getEpoch());
        assertEquals(1, resumed.state().getRun());
    }
}
