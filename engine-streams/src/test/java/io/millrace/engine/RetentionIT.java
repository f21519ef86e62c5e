package io.millrace.engine;

import static io.millrace.engine.testing.Samples.demo;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.machine.Retention;
import io.millrace.schemas.Answer;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closed workflows go, from a real broker and a store on disk: from lists, from the store and its changelog, and from the compacted topics. */
class RetentionIT {
    private static final Namespace NAMESPACE = new Namespace("retention");
    private static final int WORKFLOWS = 20;

    /** What a cleaner needs to do in seconds what it does in days. */
    private static final Map<String, String> IN_A_HURRY = Map.of(
            "segment.ms", "200",
            "min.cleanable.dirty.ratio", "0.01",
            "min.compaction.lag.ms", "0",
            "delete.retention.ms", "100",
            "file.delete.delay.ms", "100");

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private NamespaceClient client;
    private int others;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral().with("log.cleaner.backoff.ms", "100"));
        client = new NamespaceClient(broker.bootstrapServers(), NAMESPACE);
    }

    @AfterEach
    void stop() {
        client.close();
        broker.close();
    }

    @Test
    void shouldKeepNothingOfWhatIsOver() throws Exception {
        try (MillraceEngine engine = start(Retention.of(Duration.ofMillis(Limits.MIN_RETENTION_MS)))) {
            eventually().until(engine::isReady);
            set(IN_A_HURRY, Topic.STATUS, Topic.COMMANDS);
            PlainWorker worker = PlainWorker.start("w1", client);
            client.start("kept", keptFor(Duration.ofDays(1)));
            Set<String> ids = startMany();
            Set<String> ended = new HashSet<>();
            eventually().until(() -> {
                worker.workOff();
                client.newRaw(Topic.STATUS).forEach(record -> {
                    if (record.value() == null) {
                        ended.add(record.key());
                    }
                });
                return ended.containsAll(ids);
            });
            assertEquals(ids, ended, "and nothing else is purged");
            assertEquals(List.of("kept"), listed());
            assertEquals(null, workflow("w0"));
            assertNotNull(workflow("kept"));

            eventually().until(() -> {
                startAnother(worker);
                return keysOf(Topic.STATUS, ids).isEmpty()
                        && keysOf(Topic.COMMANDS, ids).isEmpty();
            });
            assertEquals(Set.of("kept"), keysOf(Topic.STATUS, Set.of("kept")));

            client.start("w0", keptFor(Duration.ofDays(1)));
            eventually().until(() -> {
                worker.workOff();
                WorkflowState afresh = workflow("w0");
                return afresh != null && afresh.getStatus() == WorkflowStatus.COMPLETED;
            });
            assertEquals(1, workflow("w0").getEpoch());
        }
        set(Topic.COMMANDS.settings(), Topic.COMMANDS);
        // What another engine restores from the changelog is what was kept.
        try (MillraceEngine engine = start(Retention.FOREVER)) {
            eventually().until(engine::isReady);
            eventually().until(() -> new TreeSet<>(listed()).containsAll(Set.of("kept", "w0")));
            assertTrue(listed().stream().noneMatch(id -> id.startsWith("w") && !id.equals("w0")));
        }
    }

    private MillraceEngine start(Retention retention) {
        return MillraceEngine.start(EngineConfig.builder()
                .bootstrapServers(broker.bootstrapServers())
                .namespace(NAMESPACE)
                .partitions(1)
                .readerPartitions(1)
                .retention(retention)
                .stateDir(directory.resolve(UUID.randomUUID().toString()))
                .build());
    }

    private void set(Map<String, String> settings, Topic... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            for (Topic topic : topics) {
                List<AlterConfigOp> changes = settings.entrySet().stream()
                        .map(setting -> new AlterConfigOp(
                                new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                        .toList();
                ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, NAMESPACE.topic(topic));
                admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
            }
        }
    }

    private static Start keptFor(Duration retention) {
        Start start = demo();
        start.setRetentionMs(retention.toMillis());
        return start;
    }

    private Set<String> startMany() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < WORKFLOWS; i++) {
            ids.add("w" + i);
            client.start("w" + i, demo());
        }
        return ids;
    }

    /** A segment is closed, and so can be compacted, when there is something for the next one. */
    private void startAnother(PlainWorker worker) {
        client.start("other-" + ++others, demo());
        worker.workOff();
    }

    /** Which of some keys a topic still has a record of, with a value or without. */
    private Set<String> keysOf(Topic topic, Set<String> among) {
        Set<String> found = new TreeSet<>();
        try (NamespaceClient fromTheBeginning = new NamespaceClient(broker.bootstrapServers(), NAMESPACE)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                var records = fromTheBeginning.newRaw(topic);
                records.stream()
                        .map(record -> record.key())
                        .filter(among::contains)
                        .forEach(found::add);
                return records.isEmpty();
            });
        }
        return found;
    }

    private WorkflowState workflow(String workflowId) {
        Query query = query();
        query.setGetWorkflow(new GetWorkflow(workflowId));
        return ask(query).getWorkflow().getWorkflow();
    }

    private List<String> listed() {
        Query query = query();
        var all = new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of(), null, null);
        query.setListWorkflows(ListWorkflows.newBuilder().setConditions(all).build());
        return ask(query).getWorkflows().getWorkflows().stream()
                .map(WorkflowState::getWorkflowId)
                .filter(id -> !id.startsWith("other-"))
                .toList();
    }

    private static Query query() {
        return Query.newBuilder()
                .setQueryId(UUID.randomUUID().toString())
                .setAnswerPartition(0)
                .build();
    }

    private Answer ask(Query query) {
        client.send(Topic.QUERIES, "any", query);
        List<Answer> answers = new ArrayList<>();
        eventually().until(() -> {
            client.newRecords(Topic.ANSWERS, Answer.class).stream()
                    .filter(read -> read.key().equals(query.getQueryId()))
                    .forEach(read -> answers.add(read.value()));
            return !answers.isEmpty();
        });
        return answers.get(0);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20));
    }
}
