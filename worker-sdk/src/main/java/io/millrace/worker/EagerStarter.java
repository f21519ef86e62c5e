package io.millrace.worker;

import java.util.Optional;

/**
 * Runs a new workflow in this process at once, without waiting for the engine to grant it.
 *
 * <p>{@link Worker} implements it; a client in the same process calls it. Thread-safe.
 */
public interface EagerStarter {
    /**
     * Starts the workflow here, if it can be started here.
     *
     * <p>Returns at once; the start is on record before any code of the workflow runs. The run's result ends
     * <ul>
     *   <li>with the result, when the engine's log holds the completion and the worker's lease has held all the time;
     *   <li>with an {@link EagerExecutionLostException}, when the execution went on elsewhere (it parked, the worker
     *       closed or lost its lease, the engine revoked it): the workflow goes on, and its status tells the end;
     *   <li>with any other exception, when the start did not get on record for certain. It may have: to find out, ask for the
     *       workflow's status.
     * </ul>
     *
     * <p>What depends on the futures runs on the worker's I/O thread unless it says otherwise, and must not block.
     *
     * @return empty when no eager slot is free, when the worker does not serve this type, queue and version, when its code declares
     *     limits of the queue, when the start has a delay, a priority, a deduplication id or a partition key, or when the worker is not
     *     running: then the client sends a command as usual
     */
    Optional<EagerRun> tryStart(EagerStart request);
}
