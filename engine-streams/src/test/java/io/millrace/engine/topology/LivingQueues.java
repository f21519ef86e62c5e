package io.millrace.engine.topology;

import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Engines, workers and the topics between them, as far as queues with limits are concerned. A transaction takes several inputs, and may be aborted;
 * what is in it is seen by others when it is committed, but for what workers read, who do not wait for that.
 */
final class LivingQueues implements LivingWorld {
    static final int PARTITIONS = 3;

    private final Seeded chance;
    private final List<LivingPartition> partitions = new ArrayList<>();
    private final TreeMap<String, LivingWorker> workers = new TreeMap<>();
    private final QueueLaws laws;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private long now = 1_000_000_000;

    LivingQueues(Seeded chance, QueueLaws.Bounds bounds) {
        this.chance = chance;
        this.laws = new QueueLaws(this, bounds);
        for (int number = 0; number < PARTITIONS; number++) {
            partitions.add(new LivingPartition(new Partition(number, PARTITIONS), this, bounds.clockDifferenceMs()));
        }
    }

    Seeded chance() {
        return chance;
    }

    @Override
    public QueueLaws laws() {
        return laws;
    }

    @Override
    public long now() {
        return now;
    }

    void passTime(int mostMs) {
        now += chance.below(mostMs + 1);
    }

    static int home(String key) {
        return KeyPartition.of(key, PARTITIONS);
    }

    @Override
    public List<LivingPartition> partitions() {
        return partitions;
    }

    @Override
    public LivingPartition homeOf(String key) {
        return partitions.get(home(key));
    }

    TreeMap<String, LivingWorker> workers() {
        return workers;
    }

    void join(LivingWorker worker) {
        workers.put(worker.id(), worker);
        worker.begin();
    }

    void command(String key, Command command) {
        asked.add(command.getCommandId());
        homeOf(key).arrives(command, key);
    }

    void event(int partition, String key, WorkerEvent event) {
        partitions.get(partition).arrives(event, key);
    }

    /** Takes in what a transaction has written, when it is committed. */
    void committed(LivingEngine.Written written) {
        if (written.value() instanceof Transfer transfer) {
            homeOf(written.key()).arrives(transfer, written.key());
        } else if (written.value() instanceof QueueSettings settings) {
            partitions.forEach(partition -> partition.arrives(settings));
        } else if (written.value() instanceof Addressed<?> addressed
                && addressed.value() instanceof CommandReply reply) {
            answered.add(reply.getCommandId());
        }
    }

    /** Takes in what workers read before it is committed, and may read in vain. */
    void uncommitted(LivingEngine.Written written) {
        LivingWorker worker = workers.get(written.key());
        if (worker != null) {
            worker.arrives((InboxMessage) written.value());
        }
    }

    void changed(LivingPartition partition, String workflowId, HistoryEntry entry) {
        laws.onEntry(partition, workflowId, entry);
    }

    @Override
    public boolean isQuiet() {
        return partitions.stream().allMatch(LivingPartition::isQuiet);
    }

    /** Everything arrives that is on its way, in some order; workers and clocks do nothing meanwhile. */
    void deliverAll() {
        for (int i = 0; !isQuiet(); i++) {
            if (i > 100_000) {
                throw new AssertionError("what partitions tell each other has no end");
            }
            LivingPartition partition = chance.oneOf(partitions);
            if (!partition.takeNext() || chance.percent(30)) {
                partition.commit();
            }
        }
    }

    Set<String> unanswered() {
        Set<String> open = new HashSet<>(asked);
        open.removeAll(answered);
        return open;
    }
}
