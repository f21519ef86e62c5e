package io.millrace.worker;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Workflows that a workflow starts. Starting a child is a step, which ends when the child does; the parent may wait for that or go on.
 *
 * <p>A child that is open when its parent ends is cancelled, terminated or let go on, as its {@link ChildOptions} say; a parent that is cancelled
 * cancels its children and has stopped only when they have. It has its parent's deadline, or an earlier one of its own.
 */
public interface Children {
    /**
     * Starts a child.
     *
     * @param resultType what its output is read back as
     * @throws IllegalStateException from within a {@link WorkflowContext#shielded shielded} scope, or with too many children open
     */
    <T extends @Nullable Object> Child<T> child(
            String workflowType, @Nullable Object input, Type resultType, ChildOptions options);

    /** Starts a child with an id and options by default. */
    default <T extends @Nullable Object> Child<T> child(
            String workflowType, @Nullable Object input, Class<T> resultType) {
        return child(workflowType, input, (Type) resultType, ChildOptions.DEFAULT);
    }

    /** Starts a child. */
    default <T extends @Nullable Object> Child<T> child(
            String workflowType, @Nullable Object input, Class<T> resultType, ChildOptions options) {
        return child(workflowType, input, (Type) resultType, options);
    }
}
