package io.millrace.engine.topology;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.testing.MemoryStore;
import io.millrace.schemas.Command;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;

/** The engine of one partition over a store in memory, whose transactions may be aborted and done again. */
final class LivingEngine {
    private static final int RECOVERY_LIMIT = 3;
    private static final RecordSerdes SERDES = RecordSerdes.from(Map.of());

    private final MemoryStore rows = new MemoryStore();
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final LeaseTable leases;
    private final Partition partition;
    private final Retention retention;
    private final QueueRows queues = new QueueRows();
    private PartitionStores stores;
    private PartitionEngine engine;

    LivingEngine(LeaseTable leases, Partition partition, long now) {
        this(leases, partition, Retention.FOREVER, now);
    }

    LivingEngine(LeaseTable leases, Partition partition, Retention retention, long now) {
        this.retention = retention;
        this.leases = leases;
        this.partition = partition;
        context.setCurrentSystemTimeMs(now);
        restart(now);
    }

    /** Something that an engine wrote to a topic. */
    record Written(String sink, String key, Object value) {}

    /** Another task takes over, with what is stored. */
    void restart(long now) {
        stores = new PartitionStores(rows);
        CommitPacer pacer = new CommitPacer(() -> {}, Duration.ofMillis(25));
        engine = new PartitionEngine(
                new WorkflowMachine(RECOVERY_LIMIT, retention),
                new PartitionEngine.Surroundings(
                        leases,
                        new QueueTable(queues, Namespace.DEFAULT, SERDES),
                        new Outbound(context, EngineObserver.NONE, pacer),
                        pacer,
                        partition),
                stores);
        engine.restoreGrants(now);
    }

    void command(String workflowId, Command command, long now) {
        engine.onCommand(workflowId, command, arrival(now));
    }

    void event(String key, WorkerEvent event, long now) {
        engine.onEvent(key, event, arrival(now));
    }

    void transfer(String workflowId, Transfer transfer, long now) {
        engine.onTransfer(workflowId, transfer, arrival(now));
    }

    void query(Query query, long now) {
        engine.onQuery(query, arrival(now));
    }

    void tick(long now) {
        engine.tick(now);
    }

    private static PartitionEngine.Arrival arrival(long now) {
        return new PartitionEngine.Arrival(now, now);
    }

    /** The settings of a queue have come to this engine by their topic. */
    void settings(QueueSettings settings) {
        queues.put(
                settings.getQueue(),
                SERDES.serializer(QueueSettings.class).serialize(Namespace.DEFAULT.topic(Topic.QUEUES), settings));
    }

    /** All that is stored, to be looked at, or to be tampered with. */
    MemoryStore rows() {
        return rows;
    }

    /** What is stored now, to go back to. */
    Map<Bytes, byte[]> stored() {
        return new TreeMap<>(rows.rows());
    }

    /** The transaction is aborted: what was stored is so again, and another task goes on from there. */
    void abort(Map<Bytes, byte[]> stored, long now) {
        rows.rows().clear();
        rows.rows().putAll(stored);
        context.resetForwards();
        restart(now);
    }

    /** What was written since the last time. */
    List<Written> written() {
        List<Written> written = new ArrayList<>();
        context.forwarded()
                .forEach(forwarded -> written.add(new Written(
                        forwarded.childName().orElse(""),
                        forwarded.record().key(),
                        forwarded.record().value())));
        context.resetForwards();
        return written;
    }

    PartitionStores stores() {
        return stores;
    }

    /** Stores that know nothing but what is stored, as another task would find it. */
    PartitionStores foundStores() {
        return new PartitionStores(rows);
    }

    int openIterators() {
        return rows.openIterators();
    }

    List<HistoryEntry> history(String workflowId) {
        List<HistoryEntry> history = new ArrayList<>();
        stores.history().read(workflowId, history::add);
        return history;
    }

    Map<String, StoredWorkflow> workflows() {
        Map<String, StoredWorkflow> workflows = new TreeMap<>();
        for (Bytes key : rows.rows().keySet()) {
            if (key.get()[0] == 'w') {
                String id = new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8);
                workflows.put(id, Objects.requireNonNull(stores.workflows().find(id)));
            }
        }
        return workflows;
    }
}
