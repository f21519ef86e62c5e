package io.millrace.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a workflow's code has of the world: steps, time, randomness, all of them recorded. For the workflow's own thread only,
 * and not from within steps.
 *
 * <p>A worker that lets go of a workflow, because it parks, because the worker closes or because the workflow is not its own any more,
 * ends the code by an {@link Error} that is not to be caught. Nothing that code does afterwards reaches the record.
 */
public interface WorkflowContext extends Steps, AsyncSteps, Messages, Children {
    /** The id of this workflow. */
    String workflowId();

    /**
     * Waits, and is a step of its own: the end is fixed when it begins, however often the code is run. A wait longer than a
     * moment holds no thread and no worker.
     *
     * @param duration zero or more; at most 100 years
     * @throws IllegalArgumentException if it is negative or longer
     */
    void sleep(Duration duration);

    /** The time when this was first called here, in milliseconds. */
    Instant now();

    /** Random numbers from a seed that was drawn when this was first called here. Not for secrets: the seed is on record. */
    RandomGenerator random();

    /** A random (version 4) UUID that was drawn when this was first called here. */
    UUID uuid();

    /** A logger named {@code millrace.workflow.<type>} that says nothing while steps that are on record are run through again. */
    Logger logger();

    /**
     * Runs clean-up code whose steps a cancel does not stop: they run and are recorded also when the workflow was cancelled. Sleeps and messages are
     * waited for in full, so keep it short. No child can be started in it.
     */
    <T extends @Nullable Object> T shielded(Callable<T> cleanup) throws Exception;

    /** As {@link #shielded(Callable)}, for code without a result that throws nothing checked. */
    default void shielded(Runnable cleanup) {
        try {
            shielded(() -> {
                cleanup.run();
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a Runnable cannot throw this", e);
        }
    }
}
