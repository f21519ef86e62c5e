package io.millrace.worker;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import org.jspecify.annotations.Nullable;

/** How a workflow that was started eagerly ended. */
public sealed interface EagerResult {
    /**
     * Its code returned.
     *
     * @param output what it returned; absent for null
     */
    record Completed(@Nullable Payload output) implements EagerResult {}

    /**
     * Its code threw.
     *
     * @param failure what it threw
     */
    record Failed(Failure failure) implements EagerResult {}
}
