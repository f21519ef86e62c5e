package io.millrace.standalone.sample;

import io.millrace.schemas.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StepsWorkflow} is to do. All fields are optional; {@code null} stands for the default.
 *
 * @param steps how many steps, 0 to {@link Limits#MAX_STEPS}; default 5
 * @param stepMillis how long each step sleeps, in milliseconds, up to a day; default 200
 * @param failAtStep which step fails, from 1; by default none
 * @param failTimes how often it fails, in all runs and forks together; default 1
 * @param attempts how often a step is tried before the workflow fails; default 1, so that the first failure ends the run and
 *     there is something to resume and to fork
 */
public record StepsInput(
        @Nullable Integer steps,
        @Nullable Long stepMillis,
        @Nullable Integer failAtStep,
        @Nullable Integer failTimes,
        @Nullable Integer attempts) {

    private static final int DEFAULT_STEPS = 5;
    private static final long DEFAULT_STEP_MILLIS = 200;
    private static final int NO_STEP = 0;
    private static final long LONGEST_STEP_MILLIS = Duration.ofDays(1).toMillis();

    /** After the constants above, which its constructor reads. */
    static final StepsInput DEFAULT = new StepsInput(null, null, null, null, null);

    /**
     * Fills in the defaults.
     *
     * @throws IllegalArgumentException naming the field that is out of bounds
     */
    public StepsInput {
        steps = within("steps", orElse(steps, DEFAULT_STEPS), 0, Limits.MAX_STEPS);
        stepMillis =
                within("stepMillis", stepMillis == null ? DEFAULT_STEP_MILLIS : stepMillis, 0, LONGEST_STEP_MILLIS);
        failAtStep = within("failAtStep", orElse(failAtStep, NO_STEP), NO_STEP, Limits.MAX_STEPS);
        failTimes = within("failTimes", orElse(failTimes, 1), 0, Integer.MAX_VALUE);
        attempts = within("attempts", orElse(attempts, 1), 1, Integer.MAX_VALUE);
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static int within(String field, int value, int least, int most) {
        return Math.toIntExact(within(field, (long) value, least, most));
    }

    private static long within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " must be from " + least + " to " + most + ", and is " + value);
        }
        return value;
    }
}
