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

/** The engine of one partition over a store in memory, whose transactions may be aborted and done again; for tests of this package and for the simulation. */
public final class LivingEngine {
    private static final int RECOVERY_LIMIT = 3;
    private static final RecordSerdes SERDES = RecordSerdes.from(Map.of());
    private static final InboundRecords INBOUND = new InboundRecords(Namespace.DEFAULT, SERDES);

    private final MemoryStore rows = new MemoryStore();
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final LeaseTable leases;
    private final Partition partition;
    private final Retention retention;
    private final QueueRows queues = new QueueRows();
    private PartitionStores stores;
    private PartitionEngine engine;
    private int commitsAsked;

    /**
     * Nothing is stored.
     *
     * @param partition the number of its partition
     * @param partitions how many there are
     * @param now the time by its clock, epoch milliseconds, here and below
     */
    public LivingEngine(LeaseTable leases, int partition, int partitions, Retention retention, long now) {
        this.retention = retention;
        this.leases = leases;
        this.partition = new Partition(partition, partitions);
        context.setCurrentSystemTimeMs(now);
        restart(now);
    }

    /** Something that an engine wrote to a topic. */
    public record Written(String sink, String key, Object value) {}

    /** Another task takes over, with what is stored. */
    public void restart(long now) {
        stores = new PartitionStores(rows);
        CommitPacer pacer = new CommitPacer(() -> commitsAsked++, Duration.ofMillis(25));
        engine = new PartitionEngine(
                new WorkflowMachine(RECOVERY_LIMIT, retention),
                new PartitionEngine.Surroundings(
                        leases,
                        new QueueTable(queues, Namespace.DEFAULT, SERDES),
                        new Outbound(context, EngineObserver.NONE, pacer),
                        pacer,
                        partition,
                        EngineEnvironment.TIMERS_PER_TICK),
                stores);
        engine.restoreGrants(now);
    }

    /**
     * Takes a record of one of the input topics, as it is or in bytes.
     *
     * @throws UnusableRecordException if it cannot be used
     */
    public void take(Topic topic, String key, Object value, long now) {
        Object record = value instanceof byte[] bytes ? INBOUND.read(Namespace.DEFAULT.topic(topic), bytes) : value;
        if (record instanceof Command command) {
            command(key, command, now);
        } else if (record instanceof WorkerEvent event) {
            event(key, event, now);
        } else if (record instanceof Transfer transfer) {
            transfer(key, transfer, now);
        }
    }

    public void command(String workflowId, Command command, long now) {
        engine.onCommand(workflowId, command, arrival(now));
    }

    public void event(String key, WorkerEvent event, long now) {
        engine.onEvent(key, event, arrival(now));
    }

    public void transfer(String workflowId, Transfer transfer, long now) {
        engine.onTransfer(workflowId, transfer, arrival(now));
    }

    public void query(Query query, long now) {
        engine.onQuery(query, arrival(now));
    }

    public void tick(long now) {
        engine.tick(now);
    }

    private static PartitionEngine.Arrival arrival(long now) {
        return new PartitionEngine.Arrival(now, now);
    }

    /** The settings of a queue have come to this engine by their topic. */
    public void settings(QueueSettings settings) {
        queues.put(
                settings.getQueue(),
                SERDES.serializer(QueueSettings.class).serialize(Namespace.DEFAULT.topic(Topic.QUEUES), settings));
    }

    /** All that is stored, to be looked at, or to be tampered with. */
    public MemoryStore rows() {
        return rows;
    }

    /** What is stored now, to go back to. */
    public Map<Bytes, byte[]> stored() {
        return new TreeMap<>(rows.rows());
    }

    /** The transaction is aborted: what was stored is so again, and another task goes on from there. */
    public void abort(Map<Bytes, byte[]> stored, long now) {
        rows.rows().clear();
        rows.rows().putAll(stored);
        context.resetForwards();
        restart(now);
    }

    /** How often it has asked for a commit. */
    int commitsAsked() {
        return commitsAsked;
    }

    /** What was written since the last time. */
    public List<Written> written() {
        List<Written> written = new ArrayList<>();
        context.forwarded()
                .forEach(forwarded -> written.add(new Written(
                        forwarded.childName().orElse(""),
                        forwarded.record().key(),
                        plain(forwarded.record().value()))));
        context.resetForwards();
        return written;
    }

    /** Whichever partition it is meant for. */
    private static Object plain(Object value) {
        return value instanceof Addressed<?> addressed ? addressed.value() : value;
    }

    public PartitionStores stores() {
        return stores;
    }

    /** Stores that know nothing but what is stored, as another task would find it. */
    public PartitionStores foundStores() {
        return new PartitionStores(rows);
    }

    public int openIterators() {
        return rows.openIterators();
    }

    /** The history of a workflow, as it is stored. */
    public List<HistoryEntry> history(String workflowId) {
        List<HistoryEntry> history = new ArrayList<>();
        stores.history().read(workflowId, history::add);
        return history;
    }

    /** All workflows that are stored, by their ids. */
    public Map<String, StoredWorkflow> workflows() {
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
