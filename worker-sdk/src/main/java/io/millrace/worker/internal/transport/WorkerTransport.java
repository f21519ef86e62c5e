package io.millrace.worker.internal.transport;

import io.millrace.schemas.Command;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.WorkerEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The topics as one incarnation of a worker sees them. Thread-safe.
 *
 * <p>Sends return at once, never throw, and keep their order within a partition: when one is acknowledged, those before it on the
 * same partition are, or have failed already. What depends on a returned future runs on the transport's thread and must not block.
 */
public interface WorkerTransport {
    /** How many partitions {@code events} has. */
    int partitions();

    /** The partition of a workflow. */
    int partitionOf(String workflowId);

    /** Begins to receive what is sent to this worker from now on; returns when nothing sent afterwards can be missed. Called once. */
    void openInbox(String workerId, InboxReceiver receiver);

    /** Sends to {@code events}. */
    CompletableFuture<Void> sendEvent(int partition, String key, WorkerEvent event);

    /** Sends to {@code commands}, to the partition that the key leads to. The answer is not received. */
    CompletableFuture<Void> sendCommand(String key, Command command);

    /** Sends to {@code workers}; null is a tombstone. */
    CompletableFuture<Void> sendHeartbeat(String workerId, @Nullable Heartbeat heartbeat);

    /**
     * Ends it. What was sent and is not acknowledged is waited for so long, then it fails; zero drops it.
     */
    void close(Duration timeout);

    /** Takes what arrives, one message at a time, in order, on the transport's thread. Must not block. */
    interface InboxReceiver {
        /** A message to this worker. */
        void onMessage(InboxMessage message);

        /** Nothing will arrive any more. */
        void onFailure(Throwable cause);
    }

    /** Opens connections to the topics. */
    @FunctionalInterface
    interface Factory {
        /**
         * Connects.
         *
         * @throws RuntimeException if the topics cannot be reached or are not there
         */
        WorkerTransport open();
    }
}
