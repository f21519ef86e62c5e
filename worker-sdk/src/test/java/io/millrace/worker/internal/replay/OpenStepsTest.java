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
}
