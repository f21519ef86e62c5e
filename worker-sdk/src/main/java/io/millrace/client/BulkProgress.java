package io.millrace.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener of outcomes, one at a time, and on the callback executor, because whoever brings them must not wait for it. */
final class BulkProgress {
    private static final Logger LOG = LoggerFactory.getLogger(BulkProgress.class);

    private final @Nullable Consumer<BulkItem> listener;
    private final Executor callbacks;
    private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

    BulkProgress(@Nullable Consumer<BulkItem> listener, Executor callbacks) {
        this.listener = listener;
        this.callbacks = callbacks;
    }

    synchronized void onItem(BulkItem item) {
        if (listener != null) {
            told = told.thenRunAsync(() -> tell(listener, item), callbacks);
        }
    }

    /** Ends when the listener has been told of everything up to now. */
    synchronized CompletableFuture<Void> told() {
        return told;
    }

    private static void tell(Consumer<BulkItem> listener, BulkItem item) {
        try {
            listener.accept(item);
        } catch (RuntimeException e) {
            // The commands are under way, and whoever gave them needs the report all the more.
            LOG.warn("the progress listener of a bulk command failed for workflow {}", item.workflowId(), e);
        }
    }
}
