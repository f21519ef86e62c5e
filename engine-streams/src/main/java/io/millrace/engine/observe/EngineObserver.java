package io.millrace.engine.observe;

import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import org.jspecify.annotations.Nullable;

/**
 * Is told what an engine instance does. Every method does nothing unless it is overridden.
 *
 * <p>The calls come from stream threads, several at a time, in the midst of their work: they must not block, must not throw (what they throw is
 * logged once, and changes nothing for the engine), and should not allocate.
 * They come when something is decided, which is before its transaction is committed: what is aborted and done again is told twice. That happens when
 * an instance loses a partition or a stream thread fails, so it is rare, and what must be exact is read from the topics.
 *
 * <p>Each workflow is on one instance at a time, so sums over all instances are those of the namespace.
 */
public interface EngineObserver {
    /** Is told everything, and does nothing. */
    EngineObserver NONE = new EngineObserver() {};

    /**
     * A record of an input topic was taken up.
     *
     * @param waitedMs since it was sent, by the clock of its sender and that of the engine; not negative
     */
    default void recordTaken(Topic topic, long waitedMs) {}

    /**
     * A command was answered.
     *
     * @param command which one, in words, for example {@code "send message"}; null where the answer does not say
     */
    default void commandAnswered(@Nullable String command, CommandOutcome outcome) {}

    /**
     * A query was answered.
     *
     * @param query what it asked for: the name of the field that it sets, for example {@code "getWorkflow"}
     * @param answered false where the answer is an error
     */
    default void queryAnswered(String query, boolean answered) {}

    /** A workflow is on record. */
    default void workflowStarted(String workflowType) {}

    /**
     * A workflow is closed.
     *
     * @param ranMs since it was first given to a worker; negative where it never was
     */
    default void workflowClosed(String workflowType, WorkflowStatus outcome, long ranMs) {}

    /** A closed workflow was purged: its retention was over. */
    default void workflowPurged(String workflowType) {}

    /**
     * An attempt of a step that runs code has ended.
     *
     * @param tookMs by the worker's clock; negative where it never began
     */
    default void stepEnded(String workflowType, StepOutcome outcome, long tookMs) {}

    /**
     * A workflow was given to a worker.
     *
     * @param waitedMs since it could be; 0 where it never waited
     */
    default void granted(GrantKind kind, long waitedMs) {}

    /** A workflow was taken from a worker that was lost. */
    default void leaseLost() {}

    /** A worker gave a workflow back, because it closes or cannot run it. */
    default void released() {}

    /**
     * A timer fired.
     *
     * @param lateMs after the time that it was set for
     */
    default void timerFired(long lateMs) {}

    /** A record was put aside as one that cannot be understood. */
    default void deadLettered(Topic topic) {}

    /**
     * A part of a partition's state was restored. Called by the thread that restores, between two batches.
     *
     * @param records how many have come in this batch
     * @param left how many are still to come, about: the markers of transactions count as well
     */
    default void restored(int partition, long records, long left) {}

    /** A stream thread failed; another one takes its place, or the instance ends. */
    default void threadFailed() {}
}
