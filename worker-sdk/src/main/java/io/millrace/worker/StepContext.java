package io.millrace.worker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which step is running, and for which time; and its way to show that it is alive. For the threads of the step's code. */
public interface StepContext {
    /** The workflow that it belongs to. */
    String workflowId();

    /** The step's position in the workflow, from 1. */
    int seq();

    /** The name it was called with. */
    String name();

    /** Which attempt this is, from 1. */
    int attempt();

    /**
     * The same for all attempts of this step and different from that of any other step: for a service that recognises repeated
     * requests. (A step may run more than once: a worker can die after the request and before the answer is on record.)
     */
    default String idempotencyKey() {
        return workflowId() + "/" + seq();
    }

    /** As {@link #heartbeat(Object)}, without details. */
    default void heartbeat() {
        heartbeat(null);
    }

    /**
     * Shows that the step is alive, and finds out whether its workflow was cancelled. May be called as often as one likes: details go on
     * record at most once in half of the step's heartbeat timeout (once in 10 s where it has none), the last ones first.
     *
     * @param details how far the step has come, for its next attempt if this one does not end; at most 64 KiB encoded; null for
     *     none, and those given before stay
     * @throws IllegalArgumentException if they are larger
     * @throws StepCancelledException if the workflow was cancelled, or this attempt has timed out and nobody waits for its result
     */
    void heartbeat(@Nullable Object details);

    /** The last details on record that an earlier attempt gave with its heartbeat. */
    <T> Optional<T> lastHeartbeat(Class<T> type);
}
