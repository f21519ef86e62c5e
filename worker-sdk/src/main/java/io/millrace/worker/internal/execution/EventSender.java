package io.millrace.worker.internal.execution;

import io.millrace.schemas.WorkerEvent;
import java.util.concurrent.CompletableFuture;

/** Sends events to a partition, in order; never throws. */
@FunctionalInterface
interface EventSender {
    CompletableFuture<Void> send(int partition, String key, WorkerEvent event);
}
