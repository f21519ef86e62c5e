package io.millrace.worker.internal.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.CancelSurfaced;
import org.junit.jupiter.api.Test;

class InterruptionPointsTest {
    private static InterruptionPoints surfacedAt(int afterStep, int point) {
        return new InterruptionPoints(new CancelNotice("ann", null, afterStep, point));
    }

    @Test
    void shouldNameAPointByTheStepsCalledAndTheWaitsSinceThen() {
        InterruptionPoints points = new InterruptionPoints(null);
        points.atCall(1);
        points.atCall(2);
        points.atWait();
        points.shield();
        points.atWait();
        points.unshield();
        assertEquals(new CancelSurfaced(2, 2), points.surface(), "shielded ones count too");
        assertTrue(points.surfaced());
    }

    @Test
    void shouldCountWaitsAnewAfterEachCall() {
        InterruptionPoints points = new InterruptionPoints(new CancelNotice("ann", null, null, 0));
        points.atCall(1);
        points.atWait();
        points.atCall(2);
        assertFalse(points.surfacesLaterOnRecord());
        assertEquals(new CancelSurfaced(2, 0), points.surface());
    }

    @Test
    void shouldFindThePointOnRecordAgainAndOnlyThat() {
        InterruptionPoints points = surfacedAt(2, 1);
        points.atCall(1);
        points.atWait();
        assertFalse(points.surfacedHereOnRecord());
        points.atCall(2);
        assertFalse(points.surfacedHereOnRecord());
        assertTrue(points.surfacesLaterOnRecord());
        points.atWait();
        assertTrue(points.surfacedHereOnRecord());
        assertFalse(points.surfacesLaterOnRecord());
        points.surface();
        assertFalse(points.surfacedHereOnRecord());
    }

    @Test
    void shouldBeShieldedUntilTheOutermostScopeEnds() {
        InterruptionPoints points = new InterruptionPoints(null);
        points.shield();
        points.shield();
        points.unshield();
        assertTrue(points.shielded());
        points.unshield();
        assertFalse(points.shielded());
    }
}
