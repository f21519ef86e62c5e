package io.millrace.testkit;

import io.millrace.schemas.Command;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.WorkerEvent;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one incarnation of the worker has of the topics: the engine takes what it sends within the call. */
final class InProcessTransport implements WorkerTransport {
    private final InProcessEngine engine;

    /** Ids of incarnations that were killed. They are not heard of any more, not even by what comes after them. */
    private final Set<String> killed;

    private String workerId = "";
    private @Nullable InboxReceiver receiver;

    InProcessTransport(InProcessEngine engine, Set<String> killed) {
        this.engine = engine;
        this.killed = killed;
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public int partitionOf(String workflowId) {
        return 0;
    }

    @Override
    public void openInbox(String openedFor, InboxReceiver opened) {
        workerId = openedFor;
        receiver = opened;
    }

    @Override
    public CompletableFuture<Void> sendEvent(int partition, String key, WorkerEvent event) {
        if (!killed.contains(workerId)) {
            engine.take(key, event);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> sendCommand(String key, Command command) {
        if (!killed.contains(workerId)) {
            engine.takeUnanswered(key, command);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> sendHeartbeat(String of, @Nullable Heartbeat heartbeat) {
        if (!killed.contains(of)) {
            engine.take(of, heartbeat);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close(Duration timeout) {
        receiver = null;
    }

    /** Hands over a message, if it is for this incarnation. */
    void deliver(String to, InboxMessage message) {
        InboxReceiver present = receiver;
        if (present != null && to.equals(workerId)) {
            present.onMessage(message);
        }
    }

    /** The process ends here and now. */
    void kill() {
        killed.add(workerId);
        engine.onWorkerDeath(workerId);
        if (receiver != null) {
            receiver.onFailure(new WorkerKilledError());
        }
    }
}
