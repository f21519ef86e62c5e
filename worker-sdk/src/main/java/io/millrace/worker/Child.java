package io.millrace.worker;

import org.jspecify.annotations.Nullable;

/**
 * A workflow that this one has started. For the workflow's own thread only.
 *
 * @param <T> its output
 */
public interface Child<T extends @Nullable Object> {
    /** Its id. */
    String workflowId();

    /**
     * Its output, as soon as it has ended. A wait longer than a moment holds no thread and no worker.
     *
     * @throws ChildWorkflowException if it ended otherwise than {@code COMPLETED}, or could not be started
     */
    T result();
}
