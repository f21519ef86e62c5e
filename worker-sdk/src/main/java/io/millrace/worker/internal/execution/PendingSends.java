package io.millrace.worker.internal.execution;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows when everything that was sent is acknowledged or has failed. Thread-safe. */
final class PendingSends {
    private final AtomicInteger pending = new AtomicInteger();
    private volatile CompletableFuture<Void> none = new CompletableFuture<>();

    CompletableFuture<Void> watch(CompletableFuture<Void> sent) {
        pending.incrementAndGet();
        return sent.whenComplete((ok, error) -> {
            if (pending.decrementAndGet() == 0) {
                none.complete(null);
            }
        });
    }

    /** Ends when nothing of what was sent before this call is pending. */
    CompletableFuture<Void> none() {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        none = asked;
        if (pending.get() == 0) {
            asked.complete(null);
        }
        return asked;
    }
}
