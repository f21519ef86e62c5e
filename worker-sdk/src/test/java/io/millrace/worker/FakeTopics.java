package io.millrace.worker;

import io.millrace.schemas.Command;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.WorkerEvent;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The topics in memory. Acknowledges at once, unless it is told to hold acknowledgements or to fail. */
public final class FakeTopics implements WorkerTransport.Factory {
    public final List<Sent> events = new CopyOnWriteArrayList<>();
    public final List<SentCommand> commands = new CopyOnWriteArrayList<>();
    public final List<String> heartbeats = new CopyOnWriteArrayList<>();
    public final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();
    private final int partitions;
    private boolean holding;
    private boolean holdingHeartbeats;
    private @Nullable RuntimeException failure;

    /** A record on the events topic. */
    public record Sent(int partition, String key, WorkerEvent event) {}

    /** A record on the commands topic. */
    public record SentCommand(String key, Command command) {}

    public FakeTopics(int partitions) {
        this.partitions = partitions;
    }

    public synchronized void holdAcknowledgements() {
        holding = true;
    }

    public synchronized void holdHeartbeats(boolean hold) {
        holdingHeartbeats = hold;
    }

    public synchronized void failSends(@Nullable RuntimeException cause) {
        failure = cause;
    }

    /** Acknowledges what is held; what is sent afterwards is held again. */
    public void acknowledgeHeld() {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            all = List.copyOf(held);
            held.clear();
        }
        all.forEach(ack -> ack.complete(null));
    }

    /** Acknowledges what is held, and everything from now on at once. */
    public void acknowledge() {
        synchronized (this) {
            holding = false;
        }
        acknowledgeHeld();
    }

    /** The facts that were sent, one text for each record. */
    public List<String> facts() {
        return events.stream()
                .filter(sent -> !sent.event().getFacts().isEmpty())
                .map(sent -> FactText.of(sent.event()))
                .toList();
    }

    public void grant(Grant grant) {
        deliver(InboxMessage.newBuilder().setGrant(grant).build());
    }

    public void deliver(InboxMessage message) {
        connections.get(connections.size() - 1).receiver.onMessage(message);
    }

    @Override
    public Connection open() {
        Connection connection = new Connection();
        connections.add(connection);
        return connection;
    }

    private synchronized CompletableFuture<Void> answer(boolean hold) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<Void> ack = new CompletableFuture<>();
        if (hold) {
            held.add(ack);
        } else {
            ack.complete(null);
        }
        return ack;
    }

    /** What one incarnation has of it. */
    public final class Connection implements WorkerTransport {
        private InboxReceiver receiver;
        public volatile boolean closed;

        @Override
        public int partitions() {
            return partitions;
        }

        @Override
        public int partitionOf(String workflowId) {
            return Math.floorMod(workflowId.hashCode(), partitions);
        }

        @Override
        public void openInbox(String workerId, InboxReceiver opened) {
            receiver = opened;
        }

        @Override
        public CompletableFuture<Void> sendEvent(int partition, String key, WorkerEvent event) {
            events.add(new Sent(partition, key, event));
            return answer(holding);
        }

        @Override
        public CompletableFuture<Void> sendCommand(String key, Command command) {
            commands.add(new SentCommand(key, command));
            return answer(holding);
        }

        @Override
        public CompletableFuture<Void> sendHeartbeat(String workerId, @Nullable Heartbeat heartbeat) {
            String what =
                    heartbeat == null ? "tombstone" : heartbeat.getWorker().getStopping() ? "stopping" : "alive";
            heartbeats.add(workerId + " " + what);
            return answer(holdingHeartbeats);
        }

        @Override
        public void close(Duration timeout) {
            closed = true;
        }
    }
}
