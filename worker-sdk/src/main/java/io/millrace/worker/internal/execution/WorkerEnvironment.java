package io.millrace.worker.internal.execution;

import io.millrace.worker.internal.transport.WorkerTransport;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Everything around a worker that a test kit replaces. With threads that run a task within the call, a transport that acknowledges
 * within the call and {@code parkAfter} zero, nothing ever blocks, and a worker is deterministic in one thread.
 *
 * @param process what the worker's ids begin with: no two processes have the same
 * @param clock all time
 * @param threads what user code runs on
 * @param random ids, seeds and jitter; thread-safe
 * @param transports connections to the topics
 * @param parkAfter a wait that is longer is not waited for in the worker
 */
public record WorkerEnvironment(
        String process,
        WorkerClock clock,
        WorkerThreads threads,
        RandomGenerator random,
        WorkerTransport.Factory transports,
        Duration parkAfter) {
    /** The "moment" of the protocol: shorter waits are not worth the way through the engine. */
    public static final Duration PARK_AFTER = Duration.ofSeconds(1);
}
