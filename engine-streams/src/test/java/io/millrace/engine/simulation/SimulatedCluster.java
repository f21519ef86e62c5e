package io.millrace.engine.simulation;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.testing.Seeded;
import io.millrace.engine.topology.LivingEngine;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.KeyPartition;
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
final class SimulatedCluster {
    static final int PARTITIONS = 3;

    private static final long BEGINNING_MS = 1_000_000_000;

    /** A multiple of what is ever on its way. */
    private static final int MOST_UNTIL_REST = 100_000;

    private final Tampering tampering;
    private final RecordLog log = new RecordLog();
    private final List<SimulatedPartition> partitions = new ArrayList<>();
    private final List<SimulatedWorker> workers = new ArrayList<>();
    private final Map<String, SimulatedConnection> connections = new HashMap<>();
    private final Conditions conditions;
    private final QueueLaws laws = new QueueLaws(this);
    private final Guarantees guarantees = new Guarantees(this);
    private Seeded chance;
    private long now = BEGINNING_MS;

    SimulatedCluster(Conditions conditions, Tampering tampering, Seeded chance) {
        this.conditions = conditions;
        this.tampering = tampering;
        this.chance = chance;
        for (int number = 0; number < PARTITIONS; number++) {
            partitions.add(new SimulatedPartition(this, number));
        }
    }

    /** A record like this one that does not change with it. */
    @SuppressWarnings("unchecked") // A copy is of the same class.
    static <T> T copy(T value) {
        return value instanceof SpecificRecord record
                ? (T) SpecificData.get().deepCopy(record.getSchema(), record)
                : value;
    }

    /** The partition of a workflow or a queue. */
    static int home(String key) {
        return KeyPartition.of(key, PARTITIONS);
    }

    Conditions conditions() {
        return conditions;
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

    public QueueLaws laws() {
        return laws;
    }

    public long now() {
        return now;
    }

    /** How far ahead of the true time a clock is. */
    long anyClock() {
        return conditions.clocksDifferMs() == 0 ? 0 : chance.below(conditions.clocksDifferMs());
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

    public List<SimulatedPartition> partitions() {
        return partitions;
    }

    public SimulatedPartition homeOf(String key) {
        return partitions.get(home(key));
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
        append(home(key), Topic.COMMANDS, new SimulatedPartition.Sent(key, copy(command), () -> {}));
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
        } else if (value instanceof CommandReply reply) {
            guarantees.commands().onReply(reply);
        } else if (value instanceof HistoryEntry entry) {
            guarantees.onHistory(written.key(), entry);
        } else if (value instanceof InboxMessage message && message.getGrant() != null) {
            guarantees.onCommittedGrant(written.key(), message.getGrant());
        } else if (value instanceof WorkflowState state) {
            guarantees.onStatus(state);
        } else if (value instanceof SimulatedPartition.Letter letter) {
            guarantees.onLetter(written.key(), letter);
        }
    }

    public boolean isQuiet() {
        return partitions.stream().allMatch(SimulatedPartition::isQuiet);
    }

    /** Everything arrives that is on its way to engines, in some order; workers and clocks do nothing meanwhile. */
    void comeToRest() {
        partitions.forEach(partition -> partition.setAway(false));
        for (int taken = 0; !isQuiet(); taken++) {
            Invariant.GOES_ON.must(taken < MOST_UNTIL_REST, () -> "what partitions tell each other has no end");
            SimulatedPartition partition = chance.oneOf(partitions);
            if (!partition.takeNext() || chance.percent(30)) {
                partition.commit();
            }
        }
    }

    /** All threads of the run end. */
    void close() {
        workers.forEach(SimulatedWorker::unwind);
    }
}
