package io.millrace.worker.internal.execution;

import io.millrace.worker.WorkerObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a worker takes, how much of it, and how it leaves.
 *
 * @param queues the queues it takes workflows from, and what the code says of them
 * @param applicationVersion the version of the workflows' code
 * @param slots how many granted workflows it runs at once
 * @param eagerSlots how many more it runs that were started in this process
 * @param lease not heard of for so long, the engine takes it for lost
 * @param shutdownGrace how long running steps may go on when it closes
 * @param observer is told what it does
 */
public record WorkerSettings(
        DeclaredQueues queues,
        @Nullable String applicationVersion,
        int slots,
        int eagerSlots,
        Duration lease,
        Duration shutdownGrace,
        WorkerObserver observer) {}
