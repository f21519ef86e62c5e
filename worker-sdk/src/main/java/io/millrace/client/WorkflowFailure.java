package io.millrace.client;

import io.millrace.schemas.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Why a step or a workflow did not succeed.
 *
 * @param type the error's class in the language of the worker, for example {@code java.io.IOException}
 * @param message the error's message
 * @param stackTrace where it was thrown, shortened to a bounded length; null where the worker sent none
 */
public record WorkflowFailure(
        String type, String message, @Nullable String stackTrace) {
    static @Nullable WorkflowFailure of(@Nullable Failure failure) {
        return failure == null
                ? null
                : new WorkflowFailure(failure.getType(), failure.getMessage(), failure.getStackTrace());
    }

    /** The error in one line. */
    public String summary() {
        return type + ": " + message;
    }
}
