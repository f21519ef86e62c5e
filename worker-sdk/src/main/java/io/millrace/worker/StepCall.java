package io.millrace.worker;

import io.millrace.payload.TypeRef;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A call of a step in full: what all the overloads of {@link Steps} and {@link AsyncSteps} come down to.
 *
 * @param name what the step is called in lists and on replay; 1 to 256 characters
 * @param resultType what its result is read back as
 * @param retryPolicy when a failed attempt is followed by another one
 * @param code what it does
 * @param <T> the result
 */
public record StepCall<T extends @Nullable Object>(
        String name, Type resultType, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {

    static <T extends @Nullable Object> StepCall<T> of(
            String name, Class<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return new StepCall<>(name, type, retryPolicy, code);
    }

    static <T extends @Nullable Object> StepCall<T> of(
            String name, TypeRef<T> type, RetryPolicy retryPolicy, StepCode.ContextCall<T> code) {
        return new StepCall<>(name, type.type(), retryPolicy, code);
    }

    static StepCall<@Nullable Void> of(String name, RetryPolicy retryPolicy, StepCode.ContextAction code) {
        return new StepCall<>(name, Void.class, retryPolicy, step -> {
            code.run(step);
            return null;
        });
    }
}
