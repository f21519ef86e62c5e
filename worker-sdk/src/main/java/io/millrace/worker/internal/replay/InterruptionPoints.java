package io.millrace.worker.internal.replay;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.CancelSurfaced;
import org.jspecify.annotations.Nullable;

/**
 * Counts the points at which the code can be told of a cancel, and knows at which one it was: every call of a step and every wait for
 * one, on record or not and shielded or not. So a replay comes to the same count, and is told at the same place.
 */
public final class InterruptionPoints {
    private final int recordedAfterStep;
    private final int recordedPoint;
    private int called;
    private int ordinal;
    private int shields;
    private boolean surfaced;

    /** The code has not begun. The notice, if the workflow was cancelled before, may say where its code was told. */
    public InterruptionPoints(@Nullable CancelNotice notice) {
        boolean recorded = notice != null && notice.getSurfacedAfterStep() != null;
        this.recordedAfterStep = recorded ? notice.getSurfacedAfterStep() : -1;
        this.recordedPoint = recorded ? notice.getSurfacedPoint() : 0;
    }

    /** The code calls the step of this number. */
    public void atCall(int seq) {
        called = seq;
        ordinal = 0;
    }

    /** The code waits for the end of a step that it called before. */
    public void atWait() {
        ordinal++;
    }

    /** Clean-up code begins, which a cancel does not stop. */
    public void shield() {
        shields++;
    }

    /** Clean-up code is at its end. */
    public void unshield() {
        shields--;
    }

    /** Whether a cancel is not to be told here. */
    public boolean shielded() {
        return shields > 0;
    }

    /** Whether the code has been told. */
    public boolean surfaced() {
        return surfaced;
    }

    /** Whether this is the point at which the code was told, by the record. */
    public boolean surfacedHereOnRecord() {
        return !surfaced && called == recordedAfterStep && ordinal == recordedPoint;
    }

    /** Whether the code was told, by the record, and has not come to that point again. */
    public boolean surfacesLaterOnRecord() {
        return !surfaced && recordedAfterStep >= 0 && !surfacedHereOnRecord();
    }

    /** The code is told here. */
    public CancelSurfaced surface() {
        surfaced = true;
        return new CancelSurfaced(called, ordinal);
    }

    /** Where the code was told by the record, as {@link Difference} says it; only where {@link #surfacesLaterOnRecord}. */
    public Difference cameElsewhere(String found) {
        return new Difference(
                recordedAfterStep,
                "the cancel" + (recordedPoint == 0 ? "" : " at wait " + recordedPoint + " after it"),
                found);
    }
}
