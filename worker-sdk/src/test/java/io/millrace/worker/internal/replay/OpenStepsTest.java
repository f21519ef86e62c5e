package io.millrace.worker.internal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenStepsTest {
    private final OpenSteps open = new OpenSteps();

    @Test
    void shouldBeIdleWhenTheWorkflowWaitsForTime() {
        assertFalse(open.idle());
        open.waits(1, 500);
        assertEquals(Optional.of(new OpenSteps.Wait(1, 500)), open.idleUntil());
        assertTrue(open.resumes(1));
        assertFalse(open.idle());
    }

    @Test
    void shouldNotBeIdleWhileAStepRuns() {
        open.begun();
        open.awaits(1);
        assertFalse(open.idle());
        assertTrue(open.ended(1), "the workflow goes on");
        assertFalse(open.idle(), "whoever wakes a part counts it in");
    }

    @Test
    void shouldNotWakeTheWorkflowForAStepItDoesNotWaitFor() {
        open.begun();
        open.begun();
        open.awaits(1);
        assertFalse(open.ended(2));
        assertFalse(open.idle());
        assertTrue(open.ended(1));
    }

    @Test
    void shouldNameTheEarliestOfSeveralWaits() {
        open.begun();
        open.begun();
        open.waits(1, 900);
        open.waits(2, 300);
        assertEquals(Optional.empty(), open.idleUntil(), "the workflow itself is active");
        open.awaits(1);
        assertEquals(Optional.of(new OpenSteps.Wait(2, 300)), open.idleUntil());
    }

    @Test
    void shouldResumeNothingThatHasBeenStopped() {
        open.waits(1, 500);
        open.stop();
        assertFalse(open.resumes(1));
        assertFalse(open.idle());
    }

    @Test
    void shouldStayForAnEndFromOutsideUntilItLosesPatience() {
        open.waitsOutside(1, Long.MAX_VALUE);
        assertTrue(open.idle());
        assertEquals(Optional.empty(), open.parksUntil(0, 100));
        open.losesPatience(1);
        assertEquals(Optional.of(new OpenSteps.Wait(1, Long.MAX_VALUE)), open.parksUntil(0, 100));
        assertTrue(open.resumes(1), "the end comes");
        assertFalse(open.idle());
        assertFalse(open.resumes(1), "and comes again");
    }

    @Test
    void shouldNotStayForTheTimeOfAnEndFromOutside() {
        open.waitsOutside(1, 50);
        open.losesPatience(1);
        assertEquals(Optional.of(new OpenSteps.Wait(1, 50)), open.parksUntil(20, 100), "the worker does not end it");
    }

    @Test
    void shouldParkUntilTheEarliestOfWaitsForTimeAndFromOutside() {
        open.begun();
        open.waits(1, 900);
        open.waitsOutside(2, Long.MAX_VALUE);
        open.losesPatience(2);
        assertEquals(2, open.waiting());
        assertEquals(Optional.of(new OpenSteps.Wait(1, 900)), open.parksUntil(0, 100));
        assertEquals(Optional.empty(), open.parksUntil(850, 100), "that is soon, and then there is work");
        assertTrue(open.resumes(1));
        assertEquals(Optional.empty(), open.parksUntil(900, 100), "the step runs");
        assertFalse(open.ended(1));
        assertEquals(Optional.of(new OpenSteps.Wait(2, Long.MAX_VALUE)), open.parksUntil(900, 100));
    }

    @Test
    void shouldNotLosePatienceWithAWaitThatIsOver() {
        open.waitsOutside(1, Long.MAX_VALUE);
        open.resumes(1);
        open.waitsOutside(2, Long.MAX_VALUE);
        open.losesPatience(1);
        assertEquals(Optional.empty(), open.parksUntil(0, 100));
    }

    @Test
    void shouldParkForAPlainTimeAsBefore() {
        open.waits(1, 500);
        assertEquals(Optional.empty(), open.parksUntil(400, 100));
        assertEquals(Optional.of(new OpenSteps.Wait(1, 500)), open.parksUntil(399, 100));
    }
}
