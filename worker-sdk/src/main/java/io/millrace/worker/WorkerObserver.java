package io.millrace.worker;

/**
 * Is told what a worker does, for example to count it. Every method does nothing unless it is overridden.
 *
 * <p>The calls come from the threads that do the work, several at a time: they must not block, and should not throw. What one
 * throws is kept from the work, and the first of it is logged.
 *
 * <pre>{@code
 * Worker.builder("localhost:9092").observer(new WorkerObserver() {
 *     @Override
 *     public void stepEnded(String workflowType, StepEnd how, long nanos) { ... }
 * })
 * }</pre>
 */
public interface WorkerObserver {
    /** Is told everything, and does nothing. */
    WorkerObserver NONE = new WorkerObserver() {};

    /** How an attempt of a step ended in a worker. */
    enum StepEnd {
        COMPLETED,
        /** For good: the workflow's code sees the error. */
        FAILED,
        /** Another attempt follows. */
        RETRIED,
        CANCELLED
    }

    /** How a workflow's execution ended in a worker. */
    enum ExecutionEnd {
        /** The workflow's code came to its end. */
        CLOSED,
        /** It waits for more than a moment, and is let go of meanwhile. */
        PARKED,
        /** It was given back, because the worker closes or cannot run it. */
        RELEASED,
        /** It is not this worker's any more. */
        ABANDONED
    }

    /**
     * The worker can be given work; again each time that it begins anew after it had lost its lease.
     *
     * @param slots how many workflows it takes from the engine at once
     * @param eagerSlots how many more it runs that clients in this process start
     */
    default void ready(int slots, int eagerSlots) {}

    /** The code of a workflow begins to run, from its start or by a replay. */
    default void executionBegan(String workflowType) {}

    /**
     * The code of a workflow has left this worker; follows each {@link #executionBegan} once.
     *
     * @param nanos how long it was here
     */
    default void executionEnded(String workflowType, ExecutionEnd how, long nanos) {}

    /**
     * An attempt of a step has ended, and its end is to be reported.
     *
     * @param nanos how long its code ran
     */
    default void stepEnded(String workflowType, StepEnd how, long nanos) {}

    /** A record of facts or of credit was handed to Kafka; of heartbeats {@link #heartbeat} alone tells. */
    default void recordSent() {}

    /** Kafka has acknowledged a record, or has not and will not; follows each {@link #recordSent} once. */
    default void recordAcknowledged(boolean arrived) {}

    /** A heartbeat was acknowledged, which renews the lease, or was not. */
    default void heartbeat(boolean arrived) {}

    /** The worker has abandoned all that it had, and begins anew: its lease has lapsed, or a record did not get through. */
    default void leaseLost() {}
}
