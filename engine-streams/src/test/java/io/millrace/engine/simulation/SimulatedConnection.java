package io.millrace.engine.simulation;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one incarnation of a worker has of the topics. What it sends is under way until the broker has it, and the acknowledgement is under way again;
 * within a partition both keep their order.
 */
final class SimulatedConnection implements WorkerTransport {
    private final SimulatedCluster cluster;
    private final BooleanSupplier immediately;
    private final Deque<InboxMessage> inbox = new ArrayDeque<>();
    private final Map<String, Deque<UnderWay>> lanes = new TreeMap<>();
    private final Map<String, Deque<CompletableFuture<Void>>> acknowledged = new TreeMap<>();

    /** The epoch under which it runs a workflow, or has run it last. */
    private final Map<String, Long> epochs = new HashMap<>();

    private String workerId = "";
    private @Nullable InboxReceiver receiver;
    private boolean closed;
    private int unacknowledged;

    /** A record that the broker does not have yet. It is handed what to call when the engine has taken the record. */
    private record UnderWay(Consumer<Runnable> append, CompletableFuture<Void> ack) {}

    /**
     * Not open.
     *
     * @param immediately whether all that is sent is there and acknowledged at once, at present
     */
    SimulatedConnection(SimulatedCluster cluster, BooleanSupplier immediately) {
        this.cluster = cluster;
        this.immediately = immediately;
    }

    String workerId() {
        return workerId;
    }

    @Override
    public int partitions() {
        return SimulatedCluster.PARTITIONS;
    }

    @Override
    public int partitionOf(String workflowId) {
        return SimulatedCluster.home(workflowId);
    }

    @Override
    public void openInbox(String openedFor, InboxReceiver opened) {
        workerId = openedFor;
        receiver = opened;
        cluster.connected(this);
    }

    @Override
    public CompletableFuture<Void> sendEvent(int partition, String key, WorkerEvent event) {
        WorkerEvent sent = SimulatedCluster.copy(event);
        if (Guarantees.startsEagerly(sent)) {
            epochs.put(key, sent.getEpoch());
        }
        return send("events-" + partition, taken -> {
            cluster.append(partition, Topic.EVENTS, new SimulatedPartition.Sent(key, sent, taken));
            cluster.guarantees().onAppended(partition, key, sent);
        });
    }

    @Override
    public CompletableFuture<Void> sendCommand(String key, Command command) {
        Command sent = SimulatedCluster.copy(command);
        return send("commands-" + partitionOf(key), taken -> cluster.command(key, sent));
    }

    @Override
    public CompletableFuture<Void> sendHeartbeat(String of, @Nullable Heartbeat heartbeat) {
        WorkerHeartbeat sent = heartbeat == null ? null : SimulatedCluster.copy(heartbeat.getWorker());
        return send("workers", taken -> {
            cluster.heartbeat(of, sent);
            taken.run();
        });
    }

    private CompletableFuture<Void> send(String lane, Consumer<Runnable> append) {
        CompletableFuture<Void> ack = new SimulatedFuture<>();
        unacknowledged++;
        ack.whenComplete((ok, error) -> unacknowledged--);
        if (closed) {
            ack.completeExceptionally(new IllegalStateException("the connection is closed"));
        } else if (immediately.getAsBoolean()) {
            append.accept(() -> {});
            ack.complete(null);
        } else {
            lanes.computeIfAbsent(lane, unused -> new ArrayDeque<>()).addLast(new UnderWay(append, ack));
        }
        return ack;
    }

    /** The broker has the next record of a lane. */
    private void arrive(String lane) {
        UnderWay next = lanes.get(lane).removeFirst();
        CompletableFuture<Void> ack = next.ack();
        if (cluster.tampering().acknowledgesWhatIsTaken()) {
            next.append().accept(() -> ack.complete(null));
        } else {
            next.append().accept(() -> {});
            acknowledged.computeIfAbsent(lane, unused -> new ArrayDeque<>()).addLast(ack);
        }
    }

    @Override
    public void close(Duration timeout) {
        breakOff(cluster.chance());
        List<Deque<UnderWay>> lost = List.copyOf(lanes.values());
        lanes.clear();
        for (Deque<UnderWay> lane : lost) {
            lane.forEach(each -> each.ack().completeExceptionally(new IllegalStateException("closed")));
        }
        acknowledged.values().forEach(lane -> lane.forEach(ack -> ack.complete(null)));
        acknowledged.clear();
    }

    /** What is under way may arrive, or some of it; nothing else comes or goes. */
    void breakOff(Seeded chance) {
        for (String lane : List.copyOf(lanes.keySet())) {
            for (int arriving = chance.below(lanes.get(lane).size() + 1); arriving > 0; arriving--) {
                arrive(lane);
            }
        }
        closed = true;
        receiver = null;
        inbox.clear();
    }

    /** Its process is dead. */
    void forget() {
        closed = true;
        receiver = null;
        lanes.clear();
        acknowledged.clear();
    }

    /** The engine has written to its worker, and that need not be committed. */
    void arrives(InboxMessage message) {
        if (!closed) {
            inbox.addLast(message);
        }
    }

    /** What the network can do, whatever the process does. */
    void addArrivals(List<Runnable> able) {
        lanes.forEach((lane, waiting) -> {
            if (!waiting.isEmpty()) {
                able.add(() -> arrive(lane));
            }
        });
    }

    void addWhatItCanDo(List<Runnable> able) {
        if (!inbox.isEmpty() && receiver != null) {
            able.add(() -> deliver(inbox.removeFirst()));
        }
        acknowledged.forEach((lane, waiting) -> {
            if (!waiting.isEmpty()) {
                able.add(() -> waiting.removeFirst().complete(null));
            }
        });
    }

    void deliver(InboxMessage message) {
        note(message);
        if (receiver != null) {
            receiver.onMessage(message);
        }
    }

    private void note(InboxMessage message) {
        if (message.getGrant() != null) {
            epochs.merge(message.getGrant().getWorkflowId(), message.getGrant().getEpoch(), Math::max);
        } else if (message.getRevoked() != null) {
            epochs.remove(
                    message.getRevoked().getWorkflowId(), message.getRevoked().getEpoch());
        }
    }

    long epochOf(String workflowId) {
        return epochs.getOrDefault(workflowId, 0L);
    }

    boolean isIdle() {
        return unacknowledged == 0;
    }

    @Override
    public String toString() {
        return workerId + (closed ? " closed" : " with " + inbox.size() + " messages unread");
    }
}
