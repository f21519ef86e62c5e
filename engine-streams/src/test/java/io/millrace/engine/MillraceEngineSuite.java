package io.millrace.engine;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.runtime.WrongTopicException;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The engine over a real Kafka, driven by records alone. Who extends it says which Kafka. */
abstract class MillraceEngineSuite {
    @TempDir
    private Path directory;

    private final String bootstrapServers;
    private final Namespace namespace;
    private final NamespaceClient client;

    /** Each test has a namespace of its own. */
    MillraceEngineSuite(String bootstrapServers, TestInfo test) {
        this.bootstrapServers = bootstrapServers;
        namespace = new Namespace(test.getTestMethod().orElseThrow().getName());
        client = new NamespaceClient(bootstrapServers, namespace);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void shouldRunAWorkflowAndAnswerItsCaller() {
        try (MillraceEngine engine = start("e1", "state")) {
            eventually().until(engine::isReady);
            PlainWorker worker = PlainWorker.start("w1", client);
            client.start("a", demo());
            awaitCompleted(worker, "a");
            assertEquals(1, client.status("a").getStepCount());
            List<NamespaceClient.Read<CommandReply>> replies = new ArrayList<>();
            eventually().until(() -> {
                replies.addAll(client.newRecords(Topic.REPLIES, CommandReply.class));
                return !replies.isEmpty();
            });
            assertEquals("start-a", replies.get(0).key());
            assertEquals(CommandOutcome.ACCEPTED, replies.get(0).value().getOutcome());
        }
    }

    @Test
    void shouldGoOnAfterARestartThatLostItsDisk() {
        PlainWorker worker;
        Grant running;
        try (MillraceEngine engine = start("e1", "before")) {
            eventually().until(engine::isReady);
            worker = PlainWorker.start("w1", client);
            client.start("running", demo());
            eventually().until(() -> worker.grants().size() == 1);
            running = worker.grants().get(0);
            worker.report(running, stepCompleted(1));
            client.start("waiting", other());
            eventually().until(() -> isStatus("waiting", WorkflowStatus.ENQUEUED));
        }
        // A worker goes on while there is no engine: it needs the broker alone.
        worker.report(running, stepCompleted(2));
        try (MillraceEngine engine = start("e1", "after")) {
            eventually().until(engine::isReady);
            worker.report(running, stepCompleted(3), completed(3));
            eventually().until(() -> isStatus("running", WorkflowStatus.COMPLETED));
            assertEquals(3, client.status("running").getStepCount());
            assertEquals(1, client.status("running").getEpoch());
            assertEquals(WorkflowStatus.ENQUEUED, client.status("waiting").getStatus());
        }
    }

    @Test
    void shouldShareThePartitionsAndTakeOverThoseOfOneThatGoes() throws Exception {
        Set<String> workflows = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            workflows.add("w" + i);
        }
        try (MillraceEngine stays = start("e1", "one")) {
            PlainWorker worker;
            try (MillraceEngine goes = start("e2", "two")) {
                eventually().until(() -> instancesWithPartitions() == 2 && stays.isReady() && goes.isReady());
                worker = PlainWorker.start("w1", client);
                client.start("first", demo());
                awaitCompleted(worker, "first");
            }
            workflows.forEach(workflow -> client.start(workflow, demo()));
            eventually().until(() -> {
                // A dispatcher that has moved knows of no credit, and a real worker would be asked for it.
                worker.offerCredit();
                worker.workOff();
                return workflows.stream().allMatch(workflow -> isStatus(workflow, WorkflowStatus.COMPLETED));
            });
        }
    }

    @Test
    void shouldPutAsideWhatItCannotReadAndGoOn() {
        byte[] garbage = "not a record".getBytes(StandardCharsets.UTF_8);
        byte[] large = new byte[Limits.MAX_RECORD_BYTES - 200];
        try (MillraceEngine engine = start("e1", "state")) {
            eventually().until(engine::isReady);
            Set<Topic> inputs = Set.of(Topic.COMMANDS, Topic.EVENTS, Topic.QUERIES);
            inputs.forEach(topic -> {
                client.sendRaw(topic, "a", garbage);
                client.sendRaw(topic, "a", new byte[0]);
                client.sendRaw(topic, "a", null);
                client.sendRaw(topic, "a", large);
            });
            client.sendRaw(Topic.EVENTS, null, garbage);
            client.sendRaw(Topic.WORKERS, "w0", garbage);
            client.sendRaw(Topic.WORKERS, "engine/none", garbage);
            List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
            eventually().until(() -> {
                letters.addAll(client.newRaw(Topic.DEAD_LETTERS));
                return letters.size() >= 10;
            });
            Map<String, Long> byTopic = letters.stream()
                    .collect(Collectors.groupingBy(
                            letter -> new String(
                                    letter.headers()
                                            .lastHeader("__streams.errors.topic")
                                            .value(),
                                    StandardCharsets.UTF_8),
                            Collectors.counting()));
            assertEquals(
                    Map.of(
                            namespace.topic(Topic.COMMANDS), 3L,
                            namespace.topic(Topic.EVENTS), 4L,
                            namespace.topic(Topic.QUERIES), 3L),
                    byTopic);

            PlainWorker worker = PlainWorker.start("w1", client);
            client.start("a", demo());
            awaitCompleted(worker, "a");
        }
    }

    @Test
    void shouldTakeItsPulseOffTheTopicWhenItStops() {
        try (MillraceEngine engine = start("e1", "state")) {
            eventually().until(engine::isReady);
        }
        List<ConsumerRecord<String, byte[]>> pulses = new ArrayList<>();
        eventually().until(() -> {
            pulses.addAll(client.newRaw(Topic.WORKERS));
            return !pulses.isEmpty() && pulses.get(pulses.size() - 1).value() == null;
        });
        assertEquals("engine/e1", pulses.get(pulses.size() - 1).key());
    }

    @Test
    void shouldNotStartOverWrongTopics() throws Exception {
        String workers = namespace.topic(Topic.WORKERS);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(workers, Optional.of(9), Optional.empty())))
                    .all()
                    .get();
        }
        WrongTopicException refused = assertThrows(WrongTopicException.class, () -> start("e1", "state"));
        assertTrue(refused.getMessage().contains("topic " + workers + " has 9 partitions"), refused.getMessage());
        assertTrue(refused.getMessage().contains("topic " + workers + " has cleanup.policy=delete"));
    }

    private static Start other() {
        Start start = demo();
        start.setWorkflowType("nobody runs this");
        return start;
    }

    private MillraceEngine start(String instanceId, String stateDir) {
        return MillraceEngine.start(EngineConfig.builder()
                .bootstrapServers(bootstrapServers)
                .namespace(namespace)
                .instanceId(instanceId)
                .stateDir(directory.resolve(stateDir))
                .build());
    }

    private void awaitCompleted(PlainWorker worker, String workflowId) {
        eventually().until(() -> {
            worker.workOff();
            return isStatus(workflowId, WorkflowStatus.COMPLETED);
        });
    }

    private boolean isStatus(String workflowId, WorkflowStatus status) {
        WorkflowState state = client.status(workflowId);
        return state != null && state.getStatus() == status;
    }

    private long instancesWithPartitions() throws Exception {
        String group = namespace.name() + ".engine";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }
}
