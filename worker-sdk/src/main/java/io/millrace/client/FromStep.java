package io.millrace.client;

import io.millrace.schemas.Limits;
import io.millrace.schemas.StartPoint;
import io.millrace.schemas.StepPoint;

/** The step from which on a workflow is to run: those before it are kept. Immutable. */
public final class FromStep {
    private final StartPoint point;

    private FromStep(StartPoint point) {
        this.point = point;
    }

    /**
     * The step of this number.
     *
     * @param step 1 for the first one, up to one more than there are on record; the engine rejects others, naming the range
     */
    public static FromStep number(int step) {
        return new FromStep(new StartPoint(step, null, null));
    }

    /**
     * The step of this name, of which there must be exactly one on record.
     *
     * @param stepName 1 to {@link Limits#MAX_NAME_CHARS} characters
     * @throws LimitExceededException if it is longer
     * @throws IllegalArgumentException if it is blank
     */
    public static FromStep named(String stepName) {
        StartOptions.checkName("stepName", stepName, Limits.MAX_NAME_CHARS);
        return new FromStep(new StartPoint(null, stepName, null));
    }

    /** The last step that failed; where none did, the first one that has not ended. */
    public static FromStep lastFailure() {
        return new FromStep(new StartPoint(null, null, StepPoint.LAST_FAILURE));
    }

    /** The last step on record. */
    public static FromStep lastStep() {
        return new FromStep(new StartPoint(null, null, StepPoint.LAST_STEP));
    }

    /** What is sent: a copy. */
    StartPoint toStartPoint() {
        return new StartPoint(point.getStep(), point.getStepName(), point.getPoint());
    }

    @Override
    public String toString() {
        if (point.getStep() != null) {
            return "step " + point.getStep();
        }
        return point.getStepName() != null
                ? "step \"" + point.getStepName() + "\""
                : point.getPoint().name();
    }
}
