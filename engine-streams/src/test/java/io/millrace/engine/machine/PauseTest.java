package io.millrace.engine.machine;

import static io.millrace.engine.testing.Commands.cancel;
import static io.millrace.engine.testing.Commands.pause;
import static io.millrace.engine.testing.Commands.send;
import static io.millrace.engine.testing.Commands.terminate;
import static io.millrace.engine.testing.Commands.unpause;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.receiveStarted;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.parked;
import static io.millrace.engine.testing.Samples.released;
import static io.millrace.engine.testing.Samples.sleepStarted;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Transfers;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A paused workflow keeps everything, and nothing of it starts. */
class PauseTest {
    private static final Input WAKE = new Input.WakeTimeReached(9, Given.NOW);

    @Test
    void shouldRecordTheStepInFlightAndStopThere() {
        Given paused = Given.running().then(pause("p"));
        Given recorded = paused.thenOwnerReports(stepCompleted(1)).thenOwnerReports(released());
        assertEquals(WorkflowStatus.PAUSED, recorded.state().getStatus());
        assertEquals(1, recorded.state().getStepCount());
        assertNull(Statuses.ownerOf(recorded.workflow()));
        assertFalse(Statuses.isDispatchable(recorded.workflow()));

        Given goesOn = recorded.then(unpause("u"));
        assertEquals(WorkflowStatus.RUNNING, goesOn.state().getStatus());
        assertTrue(Statuses.isDispatchable(goesOn.workflow()));
    }

    @Test
    void shouldGoOnWithItsOwnerWhereThatHasNotLetGoYet() {
        Given goesOn = Given.running().then(pause("p")).then(unpause("u"));
        assertEquals("w1", Statuses.ownerOf(goesOn.workflow()));
        assertFalse(Statuses.isDispatchable(goesOn.workflow()));
        Given letGo = goesOn.thenOwnerReports(released());
        assertTrue(Statuses.isDispatchable(letGo.workflow()), "the worker heard of the pause alone");
    }

    @Test
    void shouldLetItEndWhereItsLastStepWasInFlight() {
        Given ended = Given.running().then(pause("p")).thenOwnerReports(stepCompleted(1), completed(1));
        assertEquals(WorkflowStatus.COMPLETED, ended.state().getStatus());
        assertNull(ended.workflow().getPausedFrom());
    }

    @Test
    void shouldKeepALostOnePaused() {
        Given lost = Given.running().then(pause("p")).then(new Input.OwnerLost("w1", false, Given.NOW));
        assertEquals(WorkflowStatus.PAUSED, lost.state().getStatus());
        assertEquals(1, lost.state().getRecoveryAttempts());
        assertFalse(Statuses.isDispatchable(lost.workflow()));
        assertTrue(Statuses.isDispatchable(lost.then(unpause("u")).workflow()));
    }

    @Test
    void shouldNotWakeASleeperBeforeItGoesOn() {
        Given parked = Given.running().and(sleepStarted(1, Given.NOW), parked(1, Given.NOW));
        Given paused = parked.then(pause("p"));
        assertNull(Statuses.wakeAtMs(paused.workflow()));
        assertEquals(Decision.NOTHING, paused.when(WAKE));

        Given goesOn = paused.then(unpause("u"));
        assertEquals(Given.NOW, Statuses.wakeAtMs(goesOn.workflow()));
        assertFalse(Statuses.isDispatchable(goesOn.workflow()), "its time is still to come");
        assertTrue(Statuses.isDispatchable(goesOn.then(WAKE).workflow()));
    }

    @Test
    void shouldParkWhileItIsPaused() {
        Given parked =
                Given.running().then(pause("p")).thenOwnerReports(sleepStarted(1, Given.NOW), parked(1, Given.NOW));
        assertEquals(WorkflowStatus.PAUSED, parked.state().getStatus());
        Given goesOn = parked.then(unpause("u"));
        assertEquals(Given.NOW, goesOn.workflow().getParkedUntilMs());
        assertFalse(Statuses.isDispatchable(goesOn.workflow()));
    }

    @Test
    void shouldTakeWhatItWaitsForAndGoOnWithItLater() {
        Given receiving = Given.running().and(receiveStarted(1, "t"), parked(1, Long.MAX_VALUE));
        Given waitsForChild = Given.running().and(childStarted(1, "c"), parked(1, Long.MAX_VALUE));
        Given came = receiving.then(pause("p")).then(send("m", "t", "hi"));
        Given ended = waitsForChild
                .then(pause("p"))
                .then(new Input.TransferReceived(Transfers.news("c", 1, WorkflowStatus.COMPLETED), 9, Given.NOW));
        for (Given given : List.of(came, ended)) {
            assertEquals(WorkflowStatus.PAUSED, given.state().getStatus());
            assertEquals(1, given.state().getStepCount());
            assertFalse(Statuses.isDispatchable(given.workflow()));
            assertNull(given.state().getWaitingFor());
            assertTrue(Statuses.isDispatchable(given.then(unpause("u")).workflow()));
        }
    }

    @Test
    void shouldNotEndAReceiveByTimeBeforeItGoesOn() {
        Given owned = Given.running().and(receiveStarted(1, "t", Given.NOW)).then(pause("p"));
        assertEquals(Decision.NOTHING, owned.when(WAKE));
        Given elapsed = owned.then(unpause("u")).then(WAKE);
        assertEquals(1, elapsed.state().getStepCount());
    }

    @Test
    void shouldKeepADelay() {
        Given paused = Given.delayed().then(pause("p"));
        assertEquals(Decision.NOTHING, paused.when(WAKE));
        Given goesOn = paused.then(unpause("u"));
        assertEquals(WorkflowStatus.DELAYED, goesOn.state().getStatus());
        assertEquals(Given.NOW, Statuses.wakeAtMs(goesOn.workflow()));
        assertEquals(WorkflowStatus.ENQUEUED, goesOn.then(WAKE).state().getStatus());
    }

    @Test
    void shouldKeepItsPlaceInTheQueue() {
        Given paused = Given.enqueued().then(pause("p"));
        assertFalse(Statuses.isDispatchable(paused.workflow()));
        assertEquals(
                Given.enqueued().workflow().getQueueOrder(),
                paused.then(unpause("u")).workflow().getQueueOrder());
    }

    @Test
    void shouldStillBeTimedOut() {
        Given paused = Given.running().then(pause("p"));
        assertEquals(
                WorkflowStatus.TIMED_OUT,
                paused.then(new Input.DeadlineReached(Given.NOW)).state().getStatus());
    }

    @Test
    void shouldForgetThePauseWithAnyEnd() {
        for (var command : List.of(cancel("x"), terminate("x"))) {
            Given ended = Given.enqueued().then(pause("p")).then(command);
            assertFalse(Statuses.isOpen(ended.state().getStatus()));
            assertNull(ended.workflow().getPausedFrom());
        }
    }
}
