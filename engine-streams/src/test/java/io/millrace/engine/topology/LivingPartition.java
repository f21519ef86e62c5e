package io.millrace.engine.topology;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.schemas.Command;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** One partition of {@link LivingQueues}: its topics, its engine, its clock, and the transaction that is open. */
final class LivingPartition implements LivingWorld.Place {
    private final Partition partition;
    private final LivingQueues cluster;
    private final int clockDifferenceMs;
    private final LeaseTable leases = new LeaseTable();
    private final LivingEngine engine;
    private final List<Deque<Sent>> topics = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    private final Deque<QueueSettings> settings = new ArrayDeque<>();
    private final List<Taken> taken = new ArrayList<>();
    private final List<LivingEngine.Written> written = new ArrayList<>();
    private @Nullable Map<Bytes, byte[]> stored;
    private long clockAheadMs;

    private record Sent(String key, Object value) {}

    private record Taken(Deque<Sent> topic, Sent record) {}

    LivingPartition(Partition partition, LivingQueues cluster, int clockDifferenceMs) {
        this.partition = partition;
        this.cluster = cluster;
        this.clockDifferenceMs = clockDifferenceMs;
        setClock();
        this.engine = new LivingEngine(leases, partition, time());
    }

    @Override
    public int number() {
        return partition.number();
    }

    @Override
    public LivingEngine engine() {
        return engine;
    }

    @Override
    public LeaseTable leases() {
        return leases;
    }

    private void setClock() {
        clockAheadMs = clockDifferenceMs == 0 ? 0 : cluster.chance().below(clockDifferenceMs);
    }

    private long time() {
        return cluster.now() + clockAheadMs;
    }

    void arrives(Command command, String key) {
        topics.get(0).addLast(new Sent(key, command));
    }

    void arrives(WorkerEvent event, String key) {
        topics.get(1).addLast(new Sent(key, event));
    }

    void arrives(Transfer transfer, String key) {
        topics.get(2).addLast(new Sent(key, transfer));
    }

    void arrives(QueueSettings changed) {
        settings.addLast(changed);
    }

    /** Takes the next record of one of its topics; says whether there was one. */
    boolean takeNext() {
        if (!settings.isEmpty() && cluster.chance().percent(30)) {
            engine.settings(settings.removeFirst());
            return true;
        }
        int first = cluster.chance().below(topics.size());
        for (int i = 0; i < topics.size(); i++) {
            Deque<Sent> topic = topics.get((first + i) % topics.size());
            if (!topic.isEmpty()) {
                take(topic);
                return true;
            }
        }
        return false;
    }

    private void take(Deque<Sent> topic) {
        begin();
        Sent next = topic.removeFirst();
        taken.add(new Taken(topic, next));
        act(() -> {
            if (next.value() instanceof Command command) {
                engine.command(next.key(), command, time());
            } else if (next.value() instanceof WorkerEvent event) {
                engine.event(next.key(), event, time());
            } else if (next.value() instanceof Transfer transfer) {
                engine.transfer(next.key(), transfer, time());
            }
        });
    }

    void tick() {
        begin();
        act(() -> engine.tick(time()));
    }

    private void begin() {
        if (stored == null) {
            stored = engine.stored();
        }
    }

    private void act(Runnable action) {
        QueueLaws.Before before = cluster.laws().before(this);
        action.run();
        List<LivingEngine.Written> now = engine.written();
        for (LivingEngine.Written each : now) {
            if (each.value() instanceof HistoryEntry entry) {
                cluster.changed(this, each.key(), entry);
            } else if (each.value() instanceof InboxMessage) {
                cluster.uncommitted(each);
            }
        }
        written.addAll(now);
        cluster.laws().after(this, before, now);
    }

    void commit() {
        stored = null;
        taken.clear();
        List<LivingEngine.Written> all = List.copyOf(written);
        written.clear();
        all.forEach(cluster::committed);
        cluster.laws().onCommit(this);
    }

    /** The machine is gone, or the transaction was: another one takes the partition over, and reads again what was not committed. */
    void abort() {
        for (int i = taken.size() - 1; i >= 0; i--) {
            taken.get(i).topic().addFirst(taken.get(i).record());
        }
        taken.clear();
        written.clear();
        takeOver();
        engine.abort(stored == null ? engine.stored() : stored, time());
        stored = null;
        cluster.laws().onAbort(this);
    }

    /** The partition moves in good order. */
    void moveElsewhere() {
        commit();
        takeOver();
        engine.restart(time());
    }

    /** The queues topic is read to its end before anything is decided. */
    private void takeOver() {
        while (!settings.isEmpty()) {
            engine.settings(settings.removeFirst());
        }
        setClock();
    }

    boolean isQuiet() {
        return settings.isEmpty()
                && taken.isEmpty()
                && written.isEmpty()
                && topics.stream().allMatch(Deque::isEmpty);
    }

    @Override
    public long engineTime() {
        return time();
    }
}
