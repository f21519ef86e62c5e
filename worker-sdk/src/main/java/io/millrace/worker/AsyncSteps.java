package io.millrace.worker;

import io.millrace.payload.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Steps that run beside the workflow's code and beside each other. They get their numbers when they are called, so the order
 * in which they happen to end does not matter.
 *
 * <p>What {@link Steps} says holds here, but for a step's failure, which {@link Promise#get} throws. A workflow ends when all its
 * steps have ended, also those whose promise nobody asked; a failure that nobody asked for is recorded and has no other effect.
 */
public interface AsyncSteps {
    /** Begins a step; what the others come down to. */
    <T extends @Nullable Object> Promise<T> stepAsync(StepCall<T> call);

    /** Begins a step. */
    default <T extends @Nullable Object> Promise<T> stepAsync(String name, Class<T> type, StepCode.Call<T> code) {
        return stepAsync(StepCall.of(name, type, RetryPolicy.DEFAULT, step -> code.run()));
    }

    /** Begins a step, whose code sees which attempt it is. */
    default <T extends @Nullable Object> Promise<T> stepAsync(
            String name, Class<T> type, StepCode.ContextCall<T> code) {
        return stepAsync(StepCall.of(name, type, RetryPolicy.DEFAULT, code));
    }

    /** Begins a step, with a retry policy of its own. */
    default <T extends @Nullable Object> Promise<T> stepAsync(
            String name, Class<T> type, RetryPolicy retryPolicy, StepCode.Call<T> code) {
        return stepAsync(StepCall.of(name, type, retryPolicy, step -> code.run()));
    }

    /** Begins a step, with a retry policy of its own, whose code sees which attempt it is. */
    default <T extends @Nullable Object> Promise<T> stepAsync(
            String name, Class<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return stepAsync(StepCall.of(name, type, retryPolicy, code));
    }

    /** Begins a step, with a generic type. */
    default <T extends @Nullable Object> Promise<T> stepAsync(String name, TypeRef<T> type, StepCode.Call<T> code) {
        return stepAsync(StepCall.of(name, type, RetryPolicy.DEFAULT, step -> code.run()));
    }

    /** Begins a step, with a generic type, whose code sees which attempt it is. */
    default <T extends @Nullable Object> Promise<T> stepAsync(
            String name, TypeRef<T> type, StepCode.ContextCall<T> code) {
        return stepAsync(StepCall.of(name, type, RetryPolicy.DEFAULT, code));
    }

    /** Begins a step, with a generic type, with a retry policy of its own. */
    default <T extends @Nullable Object> Promise<T> stepAsync(
            String name, TypeRef<T> type, RetryPolicy retryPolicy, StepCode.Call<T> code) {
        return stepAsync(StepCall.of(name, type, retryPolicy, step -> code.run()));
    }

    /** Begins a step, with a generic type, with a retry policy of its own, whose code sees which attempt it is. */
    default <T extends @Nullable Object> Promise<T> stepAsync(
            String name, TypeRef<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return stepAsync(StepCall.of(name, type, retryPolicy, code));
    }

    /** Begins a step without a result. */
    default Promise<@Nullable Void> stepAsync(String name, StepCode.Action code) {
        return stepAsync(StepCall.of(name, RetryPolicy.DEFAULT, step -> code.run()));
    }

    /** Begins a step without a result, whose code sees which attempt it is. */
    default Promise<@Nullable Void> stepAsync(String name, StepCode.ContextAction code) {
        return stepAsync(StepCall.of(name, RetryPolicy.DEFAULT, code));
    }

    /** Begins a step without a result, with a retry policy of its own. */
    default Promise<@Nullable Void> stepAsync(String name, RetryPolicy retryPolicy, StepCode.Action code) {
        return stepAsync(StepCall.of(name, retryPolicy, step -> code.run()));
    }

    /** Begins a step without a result, with a retry policy of its own, whose code sees which attempt it is. */
    default Promise<@Nullable Void> stepAsync(String name, RetryPolicy retryPolicy, StepCode.ContextAction code) {
        return stepAsync(StepCall.of(name, retryPolicy, code));
    }
}
