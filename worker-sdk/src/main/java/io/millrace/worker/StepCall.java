package io.millrace.worker;

import io.millrace.payload.TypeRef;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call of a step in full: what all the overloads of {@link Steps} and {@link AsyncSteps} come down to. Immutable.
 *
 * <pre>{@code
 * ctx.step(StepCall.of("transcode", Video.class, RetryPolicy.of(5), step -> transcode(step, file))
 *         .heartbeatTimeout(Duration.ofSeconds(30)));
 * }</pre>
 *
 * @param name what the step is called in lists and on replay; 1 to 256 characters
 * @param resultType what its result is read back as
 * @param retryPolicy when a failed attempt is followed by another one
 * @param code what it does
 * @param timing how long it may take, and whether a cancel interrupts it
 * @param <T> the result
 */
public record StepCall<T extends @Nullable Object>(
        String name, Type resultType, RetryPolicy retryPolicy, StepCode.ContextCall<T> code, StepTiming timing) {

    /** A step with a result. */
    public static <T extends @Nullable Object> StepCall<T> of(
            String name, Class<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return new StepCall<>(name, type, retryPolicy, code, StepTiming.DEFAULT);
    }

    /** A step with a result of a generic type. */
    public static <T extends @Nullable Object> StepCall<T> of(
            String name, TypeRef<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return new StepCall<>(name, type.type(), retryPolicy, code, StepTiming.DEFAULT);
    }

    /** A step without a result. */
    public static StepCall<@Nullable Void> of(String name, RetryPolicy retryPolicy, StepCode.ContextAction code) {
        return new StepCall<>(
                name,
                Void.class,
                retryPolicy,
                step -> {
                    code.run(step);
                    return null;
                },
                StepTiming.DEFAULT);
    }

    /**
     * An attempt may take so long and no longer, from its start; then it has failed with a {@link StepTimeoutException} and is retried as the policy says.
     * Its thread is interrupted; code that does not heed that goes on beside the next attempt, and what it returns is dropped.
     *
     * @throws IllegalArgumentException unless it is more than zero
     */
    public StepCall<T> timeout(Duration startToClose) {
        return new StepCall<>(name, resultType, retryPolicy, code, timing.timeout(startToClose));
    }

    /**
     * An attempt that does not call {@link StepContext#heartbeat} for so long has failed, as with {@link #timeout}.
     *
     * @throws IllegalArgumentException unless it is more than zero
     */
    public StepCall<T> heartbeatTimeout(Duration longestSilence) {
        return new StepCall<>(name, resultType, retryPolicy, code, timing.heartbeatTimeout(longestSilence));
    }

    /** A cancel of the workflow interrupts the thread that runs this step; what it throws then puts it on record as cancelled. */
    public StepCall<T> interruptOnCancel() {
        return new StepCall<>(name, resultType, retryPolicy, code, timing.withInterruptOnCancel());
    }
}
