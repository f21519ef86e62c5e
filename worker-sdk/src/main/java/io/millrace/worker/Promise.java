package io.millrace.worker;

import org.jspecify.annotations.Nullable;

/**
 * The result of a step that runs beside the workflow's code.
 *
 * <p>It cannot be asked whether it is done: the answer would differ from run to run. For the workflow's own thread only.
 *
 * @param <T> the result
 */
public interface Promise<T extends @Nullable Object> {
    /**
     * The result, as soon as it is there.
     *
     * @throws StepFailedException if the step failed for good
     */
    T get();
}
