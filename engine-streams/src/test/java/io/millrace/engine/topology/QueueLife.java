package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.QueueSamples;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people, workers, machines and time do to queues with limits, by chance. */
final class QueueLife {
    /** For children alone: see {@link LivingWorker}. */
    static final String CHILDREN = "children";

    static final List<String> QUEUES = List.of("default", "q0", "q1", "q3");
    static final List<String> DEDUPLICATION_IDS = List.of("d0", "d1");

    private static final int MOST_WORKFLOWS = 25;
    private static final int MOST_WORKERS = 12;

    private final Seeded chance;
    private final LivingQueues cluster;
    private final QueueAgreement agreement;
    private final boolean disturbed;
    private final int changesOfSettings;
    private final List<String> seenIds = new ArrayList<>();
    private int commands;
    private int started;
    private int joined;

    QueueLife(Seeded chance, LivingQueues cluster) {
        this.chance = chance;
        this.cluster = cluster;
        this.agreement = new QueueAgreement(cluster);
        this.disturbed = !cluster.laws().isUndisturbed();
        this.changesOfSettings = chance.percent(50) ? 0 : chance.oneOf(1, 4);
        for (String queue : QUEUES) {
            if (!queue.equals("default") || chance.percent(50)) {
                set(anySettings(queue));
            }
        }
        QueueSettings ofChildren = new QueueSettings();
        ofChildren.setQueue(CHILDREN);
        if (chance.percent(50)) {
            ofChildren.setConcurrency(chance.between(1, 3));
        }
        set(ofChildren);
        joins();
        joins();
    }

    private QueueSettings anySettings(String queue) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(queue);
        settings.setConcurrency(chance.percent(60) ? chance.between(chance.percent(10) ? 0 : 1, 4) : null);
        settings.setWorkerConcurrency(chance.percent(30) ? chance.between(1, 2) : null);
        settings.setRateLimit(chance.percent(30) ? anyRate() : null);
        settings.setPriorityEnabled(chance.percent(50));
        settings.setPartitioned(chance.percent(40));
        if (settings.getPartitioned()) {
            settings.setPartitionConcurrency(chance.percent(60) ? chance.between(1, 2) : null);
            settings.setPartitionRateLimit(chance.percent(30) ? anyRate() : null);
        }
        return settings;
    }

    private RateLimit anyRate() {
        return new RateLimit(chance.between(1, 3), (long) chance.between(50, 400));
    }

    private void set(QueueSettings settings) {
        Command command = Commands.empty(nextCommand());
        command.setSetQueue(new SetQueue(settings, false));
        cluster.command(settings.getQueue(), command);
        cluster.laws().onSettingsAsked(settings);
    }

    private String nextCommand() {
        return "c" + ++commands;
    }

    private void joins() {
        if (joined < MOST_WORKERS) {
            List<String> queues = new ArrayList<>(List.of(CHILDREN));
            QUEUES.stream().filter(queue -> chance.percent(70)).forEach(queues::add);
            cluster.join(new LivingWorker("worker-" + ++joined, chance.between(1, 4), queues, cluster));
        }
    }

    /** One thing happens. */
    void live() {
        cluster.passTime(chance.percent(20) ? 40 : 5);
        switch (chance.below(30)) {
            case 0, 1 -> start();
            case 2, 3 -> command();
            case 4 -> pulseAndHeartbeats(90);
            case 5, 6 -> chance.oneOf(cluster.partitions()).tick();
            case 7, 8, 9 -> work(false);
            case 10, 11, 12, 13 -> anyWorker(LivingWorker::read);
            case 14 -> misfortune();
            case 15 -> rarely();
            default -> step(chance.oneOf(cluster.partitions()));
        }
    }

    private void step(LivingPartition partition) {
        partition.takeNext();
        if (chance.percent(40)) {
            partition.commit();
        }
    }

    private void pulseAndHeartbeats(int percent) {
        cluster.workers().values().forEach(worker -> {
            if (chance.percent(percent)) {
                worker.heartbeat();
                worker.reportAll();
            }
        });
        if (chance.percent(60)) {
            chance.oneOf(cluster.partitions()).leases().onPulse();
        }
    }

    private void work(boolean inEarnest) {
        anyWorker(worker -> worker.work(inEarnest));
    }

    private void anyWorker(Consumer<LivingWorker> does) {
        if (!cluster.workers().isEmpty()) {
            does.accept(chance.oneOf(List.copyOf(cluster.workers().values())));
        }
    }

    private void misfortune() {
        if (!disturbed || chance.percent(60)) {
            return;
        }
        LivingPartition partition = chance.oneOf(cluster.partitions());
        switch (chance.below(6)) {
            case 0, 1 -> partition.abort();
            case 2 -> partition.moveElsewhere();
            case 3 -> {
                joins();
                anyWorker(worker -> cluster.workers().remove(worker.id()));
            }
            case 4 -> {
                joins();
                anyWorker(worker -> {
                    worker.leave();
                    cluster.workers().remove(worker.id());
                });
            }
            default -> {
                // It seems to be lost to one partition, and is not.
                for (int pulses = 0; pulses < 5; pulses++) {
                    partition.leases().onPulse();
                }
                partition.tick();
            }
        }
    }

    private void rarely() {
        if (chance.percent(30) && cluster.workers().size() < 4) {
            joins();
        } else if (chance.percent(changesOfSettings)) {
            set(anySettings(chance.oneOf(QUEUES)));
        } else if (chance.percent(10)) {
            String id = "eager-" + nextCommand();
            seenIds.add(id);
            Start start = Samples.demo();
            start.setQueue(chance.oneOf(QUEUES));
            anyWorker(worker -> worker.startEagerly(id, start));
        }
    }

    private void start() {
        if (started >= MOST_WORKFLOWS) {
            return;
        }
        String id = "w" + (chance.percent(95) ? ++started : chance.between(1, started + 1));
        seenIds.add(id);
        Start start = Samples.demo();
        start.setQueue(chance.percent(97) ? chance.oneOf(QUEUES) : "unknown");
        QueueSettings settings = cluster.laws().settings(start.getQueue());
        start.setPriority(priorityOn(settings));
        start.setPartitionKey(keyOn(settings));
        start.setDelayMs(chance.percent(10) ? (long) chance.below(300) : null);
        start.setTimeoutMs(chance.percent(5) ? (long) chance.between(1, 500) : null);
        if (chance.percent(20)) {
            start.setDeduplicationId(chance.oneOf(DEDUPLICATION_IDS));
            start.setDeduplicationPolicy(
                    chance.percent(50) ? DeduplicationPolicy.REJECT : DeduplicationPolicy.RETURN_EXISTING);
        }
        cluster.command(id, Samples.startCommand(nextCommand(), start));
    }

    private @Nullable Integer priorityOn(@Nullable QueueSettings settings) {
        boolean has = settings != null && settings.getPriorityEnabled();
        return chance.percent(has ? 70 : 5) ? (Integer) chance.between(1, 5) : null;
    }

    private @Nullable String keyOn(@Nullable QueueSettings settings) {
        boolean has = settings != null && settings.getPartitioned();
        return chance.percent(has ? 80 : 5) ? "k" + chance.below(3) : null;
    }

    private void command() {
        if (!seenIds.isEmpty()) {
            List<String> all = new ArrayList<>(cluster.laws().workflowIds());
            String id = all.isEmpty() || chance.percent(20) ? chance.oneOf(seenIds) : chance.oneOf(all);
            cluster.command(id, anyCommand(nextCommand(), id.contains("/")));
        }
    }

    /** A child stays where it is: on a queue that its parent waits on, it could wait for its parent's slot. */
    private Command anyCommand(String id, boolean isChild) {
        String any = chance.percent(97) ? chance.oneOf(QUEUES) : "unknown";
        String queue = isChild ? CHILDREN : any;
        QueueSettings settings = cluster.laws().settings(queue);
        return switch (chance.below(14)) {
            case 0 -> Commands.cancel(id);
            case 1 -> Commands.terminate(id);
            case 2, 3 -> Commands.pause(id);
            case 4, 5 -> Commands.unpause(id);
            case 6 -> Commands.resume(id);
            case 7 -> Commands.resume(id, chance.percent(50) ? queue : null);
            case 8 -> Commands.rewind(id, chance.between(1, 3));
            case 9 -> Commands.fork(id, "fork-" + id, chance.between(1, 3));
            case 10, 11 -> QueueSamples.move(id, queue, priorityOn(settings), keyOn(settings));
            default -> QueueSamples.setPriority(id, chance.between(1, 5));
        };
    }

    /** Everything stands still but what is on its way. */
    void comeToRest() {
        cluster.deliverAll();
        agreement.mustHold();
    }

    /** Good times: whatever may run does, and ends. */
    void runOn() {
        for (String queue : QUEUES) {
            QueueSettings settings = cluster.laws().settings(queue);
            boolean shut = settings != null && settings.getConcurrency() != null && settings.getConcurrency() == 0;
            if (shut) {
                QueueSettings open =
                        QueueSettings.newBuilder(settings).setConcurrency(1).build();
                set(open);
            }
        }
        List<String> all = new ArrayList<>(QUEUES);
        all.add(CHILDREN);
        cluster.join(new LivingWorker("good-1", 3, all, cluster));
        cluster.join(new LivingWorker("good-2", 3, all, cluster));
        for (int i = 0; i < 4_000 && !isOver(); i++) {
            cluster.passTime(30);
            for (LivingPartition partition : cluster.partitions()) {
                partition.tick();
                while (partition.takeNext()) {
                    cluster.passTime(1);
                }
                partition.commit();
                if (i % 20 == 0) {
                    partition.leases().onPulse();
                }
            }
            if (i % 20 == 0) {
                cluster.workers().values().forEach(LivingWorker::heartbeat);
                cluster.workers().values().forEach(LivingWorker::reportAll);
                cluster.laws().open().forEach(this::helpOn);
            }
            for (LivingWorker worker : List.copyOf(cluster.workers().values())) {
                while (worker.hasMail()) {
                    worker.read();
                }
                worker.work(true);
            }
        }
    }

    private void helpOn(StoredWorkflow workflow) {
        if (workflow.getState().getStatus() == WorkflowStatus.PAUSED) {
            cluster.command(workflow.getState().getWorkflowId(), Commands.unpause(nextCommand()));
        }
    }

    private boolean isOver() {
        return cluster.laws().open().isEmpty()
                && cluster.isQuiet()
                && cluster.workers().values().stream().noneMatch(LivingWorker::hasMail);
    }

    void mustHaveComeToAnEnd() {
        List<StoredWorkflow> open = cluster.laws().open();
        assertTrue(
                open.isEmpty(),
                () -> "still open: "
                        + open.stream().map(agreement::describe).toList() + "; workers "
                        + cluster.workers().values());
        cluster.deliverAll();
        agreement.mustHold();
        agreement.mustHaveNothingLeft();
        assertEquals(Set.of(), cluster.unanswered(), "every command has an answer");
        cluster.workers().values().forEach(LivingWorker::mustHaveAllItsCredit);
    }
}
