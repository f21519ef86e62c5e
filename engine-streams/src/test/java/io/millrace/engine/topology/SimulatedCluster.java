package io.millrace.engine.topology;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.WorkflowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is in a simulated run: the topics with their partitions, the engines, the workers and the one true time. Nothing in it happens by
 * itself.
 */
final class SimulatedCluster implements LivingWorld {
    static final int PARTITIONS = LivingQueues.PARTITIONS;
    static final int CLOCKS_DIFFER_MS = 300;
    static final int MOST_WORKFLOWS = 8;

    /** For children alone, and without limits that could make a child wait for its parent's slot. */
    static final String CHILDREN = QueueLife.CHILDREN;

    private static final long BEGINNING_MS = 1_000_000_000;

    private final Tampering tampering;
    private final RecordLog log = new RecordLog();
    private final List<SimulatedPartition> partitions = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Map<String, SimulatedConnection> connections = new HashMap<>();
    private final QueueLaws laws = new QueueLaws(this, new QueueLaws.Bounds(CLOCKS_DIFFER_MS, false));
    private final Guarantees guarantees = new Guarantees(this);
    private Seeded chance;
    private long now = BEGINNING_MS;

    SimulatedCluster(Tampering tampering, Seeded chance) {
        this.tampering = tampering;
        this.chance = chance;
        for (int number = 0; number < PARTITIONS; number++) {
            partitions.add(new SimulatedPartition(this, number));
        }
    }

    /** A record like this one that does not change with it. */
    @SuppressWarnings("unchecked") // A copy is of the same class.
    static <T> T copy(T value) {
        if (value instanceof Addressed<?> addressed) {
            return (T) new Addressed<>(copy(addressed.value()), addressed.partition());
        }
        return value instanceof SpecificRecord record
                ? (T) SpecificData.get().deepCopy(record.getSchema(), record)
                : value;
    }

    Seeded chance() {
        return chance;
    }

    void setChance(Seeded next) {
        chance = next;
    }

    Tampering tampering() {
        return tampering;
    }

    RecordLog log() {
        return log;
    }

    Guarantees guarantees() {
        return guarantees;
    }

    @Override
    public QueueLaws laws() {
        return laws;
    }

    @Override
    public long now() {
        return now;
    }

    /** Milliseconds since the run began. */
    long time() {
        return now - BEGINNING_MS;
    }

    /** The pulses of engines come at their times, whoever else has something to do. */
    void passTime(long ms) {
        for (long left = ms; left > 0; left--) {
            now++;
            if (now % LeaseTable.PULSE_MS == 0) {
                for (SimulatedPartition partition : partitions) {
                    if (!partition.isAway()) {
                        partition.appendHeartbeat(() -> partition.leases().onPulse());
                    }
                }
            }
        }
    }

    @Override
    public List<SimulatedPartition> partitions() {
        return partitions;
    }

    @Override
    public SimulatedPartition homeOf(String key) {
        return partitions.get(LivingQueues.home(key));
    }

    List<SimulatedWorker> workers() {
        return workers;
    }

    List<SimulatedWorker> living() {
        return workers.stream().filter(worker -> !worker.isDead()).toList();
    }

    void join(SimulatedWorker.Kind kind) {
        SimulatedWorker worker = new SimulatedWorker("worker" + (workers.size() + 1), kind, this);
        log.note(time(), worker.name(), "joins: " + kind);
        workers.add(worker);
        worker.start();
    }

    void connected(SimulatedConnection connection) {
        connections.put(connection.workerId(), connection);
    }

    void append(int partition, Topic topic, SimulatedPartition.Sent sent) {
        log.record(time(), topic.name().toLowerCase(Locale.ROOT) + " p" + partition, sent.key(), sent.value(), null);
        partitions.get(partition).append(topic, sent);
    }

    /** A command is on its topic. */
    void command(String key, Command command) {
        guarantees.commands().onSent(key, command);
        append(LivingQueues.home(key), Topic.COMMANDS, new SimulatedPartition.Sent(key, copy(command), () -> {}));
    }

    void heartbeat(String workerId, @Nullable WorkerHeartbeat heartbeat) {
        log.note(
                time(),
                "workers",
                workerId
                        + (heartbeat == null ? " is no more" : heartbeat.getStopping() ? " is stopping" : " is alive"));
        for (SimulatedPartition partition : partitions) {
            partition.appendHeartbeat(() -> {
                if (heartbeat == null) {
                    partition.leases().onGoodbye(workerId);
                } else {
                    partition.leases().onHeartbeat(workerId, heartbeat);
                }
            });
        }
    }

    /** What the engine writes to workers is read before it is committed, and may be read in vain. */
    void toWorker(String workerId, InboxMessage message) {
        SimulatedConnection connection = connections.get(workerId);
        if (connection != null) {
            connection.arrives(message);
        }
    }

    /** A record is visible to those who read what is committed. */
    void committed(LivingEngine.Written written) {
        Object value = written.value();
        if (value instanceof Transfer transfer) {
            homeOf(written.key())
                    .append(Topic.TRANSFERS, new SimulatedPartition.Sent(written.key(), transfer, () -> {}));
        } else if (value instanceof QueueSettings settings) {
            partitions.forEach(partition -> partition.appendSettings(settings));
        } else if (value instanceof Addressed<?> addressed && addressed.value() instanceof CommandReply reply) {
            guarantees.commands().onReply(reply);
        } else if (value instanceof HistoryEntry entry) {
            guarantees.onHistory(written.key(), entry);
        } else if (value instanceof WorkflowState state) {
            guarantees.onStatus(state);
        } else if (value instanceof SimulatedPartition.Letter letter) {
            guarantees.onLetter(written.key(), letter);
        }
    }

    @Override
    public boolean isQuiet() {
        return partitions.stream().allMatch(SimulatedPartition::isQuiet);
    }

    /** All threads of the run end. */
    void close() {
        workers.forEach(SimulatedWorker::unwind);
    }
}
