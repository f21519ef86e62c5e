package io.millrace.engine.simulation;

import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.QueueSamples;
import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.Command;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.schemas.Limits;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.SetQueue;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.worker.EagerStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        start.setQueue(chance().percent(97) ? chance().oneOf(SimulatedQueues.NAMES) : "unknown");
        QueueSettings settings = cluster.laws().settings(start.getQueue());
        start.setPriority(SimulatedQueues.priorityOn(settings, chance()));
        start.setPartitionKey(SimulatedQueues.keyOn(settings, chance()));
        start.setDelayMs(chance().percent(10) ? (long) chance().below(300) : null);
        start.setTimeoutMs(chance().percent(10) ? (long) chance().between(1, 900) : null);
        start.setApplicationVersion(chance().percent(15) ? chance().oneOf("v1", "v2") : null);
        if (chance().percent(15)) {
            start.setDeduplicationId(chance().oneOf(SimulatedQueues.DEDUPLICATION_IDS));
            start.setDeduplicationPolicy(
                    chance().oneOf(DeduplicationPolicy.REJECT, DeduplicationPolicy.RETURN_EXISTING));
        }
        cluster.command(anyId(), Samples.startCommand(commandId, start));
    }

    /** A new workflow in the process of its worker, under an id that nobody else has. */
    void startEagerly(SimulatedWorker worker) {
        String commandId = nextCommand();
        Start start = Samples.demo();
        start.setInput(Samples.json("\"" + SimulatedCode.anyInput(chance(), commandId) + "\""));
        start.setQueue(chance().oneOf(SimulatedQueues.NAMES));
        start.setTimeoutMs(chance().percent(10) ? (long) chance().between(1, 900) : null);
        worker.tryStart(new EagerStart(commandId, "somebody", "eager-" + commandId, start));
    }

    private String anyId() {
        return "w" + (chance().below(cluster.conditions().ids()) + 1);
    }

    /** Something is asked of a workflow. */
    void command() {
        List<String> all = cluster.guarantees().workflowIds();
        String id = all.isEmpty() || chance().percent(15) ? anyId() : chance().oneOf(all);
        cluster.command(id, anyCommand(nextCommand(), id.contains("/")));
    }

    private Command anyCommand(String id, boolean isChild) {
        // A child stays where it is: on a queue that its parent waits on, it could wait for its parent's slot.
        String any = chance().percent(97) ? chance().oneOf(SimulatedQueues.NAMES) : "unknown";
        String queue = isChild ? SimulatedQueues.CHILDREN : any;
        QueueSettings settings = cluster.laws().settings(queue);
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
            case 14 ->
                QueueSamples.move(
                        id,
                        queue,
                        SimulatedQueues.priorityOn(settings, chance()),
                        SimulatedQueues.keyOn(settings, chance()));
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
        set(SimulatedQueues.any(chance()));
    }

    void setQueueOfChildren() {
        set(SimulatedQueues.ofChildren(chance()));
    }

    /** Whatever queue lets nothing through does so from now on. */
    void openQueues() {
        SimulatedQueues.NAMES.stream()
                .map(cluster.laws()::settings)
                .filter(SimulatedQueues::isShut)
                .forEach(settings ->
                        set(QueueSettings.newBuilder(settings).setConcurrency(1).build()));
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
        int partition = SimulatedCluster.home(key);
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
            append(SimulatedCluster.home(id), Topic.EVENTS, id, event);
        }
    }
}
