package io.millrace.engine.simulation;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.topology.LivingEngine;
import io.millrace.engine.topology.UnusableRecordException;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Topic;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a simulated cluster: its topics, the engine that has it now, that engine's clock, and the transaction that is open. What the engine
 * says to workers is read at once, everything else when the transaction is committed.
 */
final class SimulatedPartition {
    private final SimulatedCluster cluster;
    private final int number;
    private final LeaseTable leases = new LeaseTable();
    private final LivingEngine engine;
    private final Map<Topic, Deque<Sent>> topics = new EnumMap<>(Topic.class);
    private final Deque<QueueSettings> settings = new ArrayDeque<>();

    /** What its engine has not read of the workers topic. */
    private final Deque<Runnable> heartbeats = new ArrayDeque<>();

    private final List<Taken> taken = new ArrayList<>();
    private final List<LivingEngine.Written> written = new ArrayList<>();
    private RecordLog.Outcome outcome = new RecordLog.Outcome();
    private @Nullable Map<Bytes, byte[]> stored;
    private long clockAheadMs;
    private boolean away;
    private boolean stuck;

    /** A record on a topic. */
    record Sent(String key, Object value, Runnable onCommitted) {}

    private record Taken(Topic topic, Sent record) {}

    SimulatedPartition(SimulatedCluster cluster, int number) {
        this.cluster = cluster;
        this.number = number;
        for (Topic topic : List.of(Topic.COMMANDS, Topic.EVENTS, Topic.TRANSFERS)) {
            topics.put(topic, new ArrayDeque<>());
        }
        this.engine = new LivingEngine(leases, number, SimulatedCluster.PARTITIONS, Retention.FOREVER, engineTime());
    }

    int number() {
        return number;
    }

    LivingEngine engine() {
        return engine;
    }

    LeaseTable leases() {
        return leases;
    }

    long engineTime() {
        return cluster.now() + clockAheadMs;
    }

    /** Whether its engine does nothing at all. */
    boolean isAway() {
        return away;
    }

    void setAway(boolean isAway) {
        away = isAway;
    }

    /** A record is appended to one of its topics. */
    void append(Topic topic, Sent sent) {
        topics.get(topic).addLast(sent);
    }

    void appendSettings(QueueSettings changed) {
        settings.addLast(changed);
    }

    void appendHeartbeat(Runnable read) {
        heartbeats.addLast(read);
    }

    /** Reads on on the workers topic. */
    void readHeartbeats() {
        while (!away && !heartbeats.isEmpty()) {
            heartbeats.removeFirst().run();
        }
    }

    /** Takes the next record of one of its topics; says whether there was one. */
    boolean takeNext() {
        if (away || stuck) {
            return false;
        }
        if (!settings.isEmpty() && cluster.chance().percent(30)) {
            engine.settings(settings.removeFirst());
            return true;
        }
        List<Topic> full = topics.keySet().stream()
                .filter(topic -> !topics.get(topic).isEmpty())
                .toList();
        if (full.isEmpty()) {
            return false;
        }
        take(cluster.chance().oneOf(full));
        return true;
    }

    private void take(Topic topic) {
        begin();
        Sent next = topics.get(topic).removeFirst();
        taken.add(new Taken(topic, next));
        cluster.tampering().beforeTaking(this, next.key(), next.value());
        Object value = cluster.tampering().taken(this, next.key(), next.value());
        Guarantees.Before before = cluster.guarantees().before(this, next.key(), next.value());
        try {
            List<LivingEngine.Written> now = act(() -> engine.take(topic, next.key(), value, engineTime()));
            cluster.guarantees().after(before, now);
        } catch (UnusableRecordException e) {
            stuck = cluster.tampering().stopsAtUnusable();
            act(() -> {});
            if (!cluster.tampering().losesLetters()) {
                written.add(new LivingEngine.Written("letters", next.key(), new Letter(next.value(), e.getMessage())));
            }
        }
    }

    /** A record that could not be used, and why. */
    record Letter(Object value, @Nullable String reason) {
        @Override
        public String toString() {
            return RecordWords.of(value) + " because " + reason;
        }
    }

    void tick() {
        if (!away && !stuck) {
            begin();
            act(() -> engine.tick(engineTime()));
        }
    }

    private void begin() {
        if (stored == null) {
            stored = engine.stored();
        }
    }

    private List<LivingEngine.Written> act(Runnable action) {
        QueueLaws.Before before = cluster.laws().before(this);
        try {
            action.run();
        } catch (IllegalStateException | NullPointerException | IndexOutOfBoundsException e) {
            throw new Invariant.Broken(Invariant.GOES_ON, "the engine broke: " + e, e);
        }
        List<LivingEngine.Written> now = cluster.tampering().written(this, copies(engine.written()));
        for (LivingEngine.Written each : now) {
            cluster.log().record(cluster.time(), each.sink() + " p" + number(), each.key(), each.value(), outcome);
            cluster.guarantees().onWritten(each);
            if (each.value() instanceof HistoryEntry entry) {
                cluster.laws().onEntry(this, each.key(), entry);
            } else if (each.value() instanceof InboxMessage message) {
                cluster.toWorker(each.key(), message);
            }
        }
        written.addAll(now);
        Invariant.QUEUE_LIMITS.holdsBy(() -> cluster.laws().after(this, before, now));
        return now;
    }

    /** What is on a topic does not change when the engine goes on with its own records. */
    private static List<LivingEngine.Written> copies(List<LivingEngine.Written> all) {
        List<LivingEngine.Written> copies = new ArrayList<>(all.size());
        all.forEach(each ->
                copies.add(new LivingEngine.Written(each.sink(), each.key(), SimulatedCluster.copy(each.value()))));
        return copies;
    }

    void commit() {
        if (stored == null || away) {
            return;
        }
        stored = null;
        outcome.committed();
        outcome = new RecordLog.Outcome();
        List<Sent> done = taken.stream().map(Taken::record).toList();
        List<LivingEngine.Written> all = List.copyOf(written);
        taken.clear();
        written.clear();
        all.forEach(cluster::committed);
        done.forEach(sent -> sent.onCommitted().run());
        Invariant.QUEUE_LIMITS.holdsBy(() -> cluster.laws().onCommit(this));
    }

    /** The instance is gone, or its transaction was: another one takes over, and reads again what was not committed. */
    void abort() {
        for (int i = taken.size() - 1; i >= 0; i--) {
            topics.get(taken.get(i).topic()).addFirst(taken.get(i).record());
        }
        List<LivingEngine.Written> all = List.copyOf(written);
        taken.clear();
        written.clear();
        all.forEach(cluster.guarantees()::onAborted);
        outcome.aborted();
        outcome = new RecordLog.Outcome();
        takeOver();
        boolean stays = stored == null || cluster.tampering().keepsWhatWasAborted();
        engine.abort(stays ? engine.stored() : stored, engineTime());
        stored = null;
        cluster.laws().onAbort(this);
        if (cluster.tampering().publishesWhatWasAborted()) {
            all.forEach(cluster::committed);
        }
    }

    /** The partition moves in good order. */
    void moveElsewhere() {
        commit();
        takeOver();
        engine.restart(engineTime());
    }

    /** The queues topic is read to its end before anything is decided. */
    private void takeOver() {
        while (!settings.isEmpty()) {
            engine.settings(settings.removeFirst());
        }
        clockAheadMs = cluster.anyClock();
    }

    /** Records that its engine has not taken. */
    List<Object> waiting() {
        List<Object> waiting = new ArrayList<>();
        topics.values().forEach(topic -> topic.forEach(sent -> waiting.add(sent.value())));
        return waiting;
    }

    boolean isQuiet() {
        return settings.isEmpty()
                && taken.isEmpty()
                && written.isEmpty()
                && topics.values().stream().allMatch(Deque::isEmpty);
    }
}
