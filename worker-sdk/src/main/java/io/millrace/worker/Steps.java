package io.millrace.worker;

import io.millrace.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Steps that the workflow waits for. A step runs at least once and is recorded exactly once; once it is on record it never
 * runs again in its workflow, and every run of the workflow's code sees the recorded result.
 *
 * <p>Steps are numbered in the order in which they are called. The result is what the codec reads back from what it wrote, so
 * that the first run sees the same as any later one; null is allowed. All methods throw
 * <ul>
 *   <li>{@link StepFailedException} when no attempt is left, when the error is one that is not to be retried, or when the result
 *       cannot be written or is larger than {@link io.millrace.schemas.Limits#MAX_PAYLOAD_BYTES};
 *   <li>{@link NonDeterministicWorkflowException} when another step is on record at this position;
 *   <li>{@link IllegalArgumentException} for a name that is empty or too long;
 *   <li>{@link IllegalStateException} when called from anything but the workflow's own code: from within a step, for example.
 * </ul>
 */
public interface Steps {
    /** Runs a step; what the others come down to. */
    <T extends @Nullable Object> T step(StepCall<T> call);

    /** Runs a step. */
    default <T extends @Nullable Object> T step(String name, Class<T> type, StepCode.Call<T> code) {
        return step(StepCall.of(name, type, RetryPolicy.DEFAULT, step -> code.run()));
    }

    /** Runs a step, whose code sees which attempt it is. */
    default <T extends @Nullable Object> T step(String name, Class<T> type, StepCode.ContextCall<T> code) {
        return step(StepCall.of(name, type, RetryPolicy.DEFAULT, code));
    }

    /** Runs a step, with a retry policy of its own. */
    default <T extends @Nullable Object> T step(
            String name, Class<T> type, RetryPolicy retryPolicy, StepCode.Call<T> code) {
        return step(StepCall.of(name, type, retryPolicy, step -> code.run()));
    }

    /** Runs a step, with a retry policy of its own, whose code sees which attempt it is. */
    default <T extends @Nullable Object> T step(
            String name, Class<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return step(StepCall.of(name, type, retryPolicy, code));
    }

    /** Runs a step, with a generic type. */
    default <T extends @Nullable Object> T step(String name, TypeRef<T> type, StepCode.Call<T> code) {
        return step(StepCall.of(name, type, RetryPolicy.DEFAULT, step -> code.run()));
    }

    /** Runs a step, with a generic type, whose code sees which attempt it is. */
    default <T extends @Nullable Object> T step(String name, TypeRef<T> type, StepCode.ContextCall<T> code) {
        return step(StepCall.of(name, type, RetryPolicy.DEFAULT, code));
    }

    /** Runs a step, with a generic type, with a retry policy of its own. */
    default <T extends @Nullable Object> T step(
            String name, TypeRef<T> type, RetryPolicy retryPolicy, StepCode.Call<T> code) {
        return step(StepCall.of(name, type, retryPolicy, step -> code.run()));
    }

    /** Runs a step, with a generic type, with a retry policy of its own, whose code sees which attempt it is. */
    default <T extends @Nullable Object> T step(
            String name, TypeRef<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return step(StepCall.of(name, type, retryPolicy, code));
    }

    /** Runs a step without a result. */
    default void step(String name, StepCode.Action code) {
        step(StepCall.of(name, RetryPolicy.DEFAULT, step -> code.run()));
    }

    /** Runs a step without a result, whose code sees which attempt it is. */
    default void step(String name, StepCode.ContextAction code) {
        step(StepCall.of(name, RetryPolicy.DEFAULT, code));
    }

    /** Runs a step without a result, with a retry policy of its own. */
    default void step(String name, RetryPolicy retryPolicy, StepCode.Action code) {
        step(StepCall.of(name, retryPolicy, step -> code.run()));
    }

    /** Runs a step without a result, with a retry policy of its own, whose code sees which attempt it is. */
    default void step(String name, RetryPolicy retryPolicy, StepCode.ContextAction code) {
        step(StepCall.of(name, retryPolicy, code));
    }
}
