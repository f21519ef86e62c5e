package io.millrace.engine.topology;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.QueueSamples;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.Limits;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people and programs put onto the topics from outside, well-behaved and other. */
final class SimulatedClients {
    private static final int MOST_STEPS = 5;

    private final SimulatedCluster cluster;
    private int commands;
    private int badRecords;
    private boolean hasTriedTooMuch;

    SimulatedClients(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    private Seeded chance() {
        return cluster.chance();
    }

    private String nextCommand() {
        return "c" + ++commands;
    }

    /** A new workflow; at times there is one of this id. */
    void start() {
        String commandId = nextCommand();
        Start start = Samples.demo();
        start.setInput(Samples.json("\"" + SimulatedCode.anyInput(chance(), commandId) + "\""));
        start.setQueue(chance().percent(97) ? chance().oneOf(QueueLife.QUEUES) : "unknown");
        QueueSettings settings = cluster.laws().settings(start.getQueue());
        boolean priorities = settings != null && settings.getPriorityEnabled();
        boolean keys = settings != null && settings.getPartitioned();
        start.setPriority(priorities && chance().percent(70) ? (Integer) chance().between(1, 5) : null);
        start.setPartitionKey(keys && chance().percent(80) ? "k" + chance().below(3) : null);
        start.setDelayMs(chance().percent(10) ? (long) chance().below(300) : null);
        start.setTimeoutMs(chance().percent(10) ? (long) chance().between(1, 900) : null);
        start.setApplicationVersion(chance().percent(15) ? chance().oneOf("v1", "v2") : null);
        start.setDeduplicationId(chance().percent(10) ? chance().oneOf(QueueLife.DEDUPLICATION_IDS) : null);
        cluster.command(
                "w" + (chance().below(SimulatedCluster.MOST_WORKFLOWS) + 1), Samples.startCommand(commandId, start));
    }

    /** Something is asked of a workflow. */
    void command() {
        List<String> all = cluster.guarantees().workflowIds();
        String id = all.isEmpty() || chance().percent(15)
                ? "w" + (chance().below(SimulatedCluster.MOST_WORKFLOWS) + 1)
                : chance().oneOf(all);
        cluster.command(id, anyCommand(nextCommand(), id.contains("/")));
    }

    private Command anyCommand(String id, boolean isChild) {
        // A child stays where it is: on a queue that its parent waits on, it could wait for its parent's slot.
        String queue = isChild ? SimulatedCluster.CHILDREN : chance().oneOf(QueueLife.QUEUES);
        int step = chance().between(1, MOST_STEPS);
        return switch (chance().below(20)) {
            case 0, 1, 2 -> Commands.cancel(id);
            case 3 -> Commands.terminate(id);
            case 4, 5 -> Commands.pause(id);
            case 6, 7 -> Commands.unpause(id);
            case 8, 9 -> Commands.resume(id);
            case 10 -> Commands.resume(id, chance().percent(50) ? queue : null);
            case 11 -> Commands.rewind(id, step);
            case 12, 13 -> Commands.fork(id, "fork-" + id, step);
            case 18 -> Commands.fork(id, "fork-" + id, Commands.at(StepPoint.LAST_STEP));
            case 19 -> Commands.fork(id, "fork-" + id, 2);
            case 14 -> QueueSamples.move(id, queue, null, null);
            case 15 -> QueueSamples.setPriority(id, chance().between(1, 5));
            default ->
                Commands.send(
                        id, SimulatedCode.TOPIC, cluster.guarantees().contents().say("message"));
        };
    }

    /** Somebody who had no answer in time sends the same once more. */
    void commandAgain() {
        CommandLaws sent = cluster.guarantees().commands();
        List<String> ids = new ArrayList<>(sent.ids());
        ids.removeIf(id -> sent.command(id).getSetQueue() != null);
        if (!ids.isEmpty()) {
            String id = chance().oneOf(ids);
            cluster.command(sent.workflowOf(id), sent.command(id));
        }
    }

    void unpause(String workflowId) {
        cluster.command(workflowId, Commands.unpause(nextCommand()));
    }

    /** The settings of some queue are others from now on. */
    void set() {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(chance().oneOf(QueueLife.QUEUES));
        settings.setConcurrency(chance().percent(70) ? (Integer) chance().between(1, 3) : null);
        settings.setWorkerConcurrency(chance().percent(30) ? (Integer) chance().between(1, 2) : null);
        settings.setRateLimit(chance().percent(20) ? anyRate() : null);
        settings.setPriorityEnabled(chance().percent(50));
        settings.setPartitioned(chance().percent(40));
        settings.setPartitionConcurrency(
                settings.getPartitioned() && chance().percent(60) ? (Integer) chance().between(1, 2) : null);
        set(settings);
    }

    /** The queue of children, which has no limits. */
    void setQueueOfChildren() {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(SimulatedCluster.CHILDREN);
        set(settings);
    }

    private @Nullable RateLimit anyRate() {
        return new RateLimit(chance().between(1, 3), (long) chance().between(50, 300));
    }

    private void set(QueueSettings settings) {
        Command command = Commands.empty(nextCommand());
        command.setSetQueue(new SetQueue(settings, false));
        cluster.command(settings.getQueue(), command);
        cluster.laws().onSettingsAsked(settings);
    }

    /** A record that nobody who means well would send. */
    void badRecord() {
        String key = "bad" + ++badRecords;
        int partition = LivingQueues.home(key);
        Topic topic = chance().oneOf(Topic.COMMANDS, Topic.EVENTS, Topic.TRANSFERS);
        switch (chance().below(6)) {
            case 0, 1 -> {
                cluster.guarantees().onUnusable(key);
                byte[] bytes = new byte[chance().below(40) + 1];
                Arrays.fill(bytes, (byte) (chance().below(256)));
                append(partition, topic, key, bytes);
            }
            case 2 -> {
                cluster.guarantees().onUnusable(key);
                WorkerEvent event = new WorkerEvent("", 1L, List.of(Samples.stepCompleted(1)), null, null);
                append(partition, Topic.EVENTS, key, event);
            }
            case 3 -> cluster.command("w1", Commands.empty(nextCommand()));
            case 4 -> tooMuch();
            default -> strangersReport();
        }
    }

    private void append(int partition, Topic topic, String key, Object value) {
        cluster.append(partition, topic, new SimulatedPartition.Sent(key, value, () -> {}));
    }

    /** More than fits; once in a run, because it takes time to look at. */
    private void tooMuch() {
        if (!hasTriedTooMuch) {
            hasTriedTooMuch = true;
            Start start = Samples.demo();
            start.setInput(Samples.bytes(Limits.MAX_PAYLOAD_BYTES + 1));
            cluster.command("large", Samples.startCommand(nextCommand(), start));
        }
    }

    private void strangersReport() {
        List<String> all = cluster.guarantees().workflowIds();
        if (!all.isEmpty()) {
            String id = chance().oneOf(all);
            WorkerFact fact = chance().percent(50) ? Samples.released() : Samples.stepCompleted(chance().between(1, 3));
            WorkerEvent event = new WorkerEvent("stranger", (long) chance().between(1, 3), List.of(fact), null, null);
            append(LivingQueues.home(id), Topic.EVENTS, id, event);
        }
    }
}
