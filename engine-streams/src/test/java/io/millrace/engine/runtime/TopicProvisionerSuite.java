package io.millrace.engine.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.engine.EngineConfig;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The topics of a namespace on a real Kafka. Who extends it says which Kafka. */
abstract class TopicProvisionerSuite {
    private final Admin admin;
    private final Namespace namespace;
    private final EngineConfig config;

    /** Each test has a namespace of its own. */
    TopicProvisionerSuite(String bootstrapServers, TestInfo test) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        namespace = new Namespace(test.getTestMethod().orElseThrow().getName());
        config = EngineConfig.builder()
                .namespace(namespace)
                .partitions(3)
                .readerPartitions(2)
                .build();
    }

    @AfterEach
    void closeAdmin() {
        admin.close();
    }

    @Test
    void shouldCreateEveryTopicWithItsSettings() throws Exception {
        assertEquals(3, provision());
        for (Topic topic : Topic.values()) {
            int expected = switch (topic.partitioning()) {
                case BY_WORKFLOW -> 3;
                case BY_READER -> 2;
                case SINGLE -> 1;
            };
            assertEquals(expected, partitionsOf(topic), topic.toString());
            Config actual = settingsOf(topic);
            topic.settings()
                    .forEach((setting, value) ->
                            assertEquals(value, actual.get(setting).value(), topic + " " + setting));
        }
    }

    @Test
    void shouldBeContentTheSecondTimeAndKeepTheNumberOfPartitions() throws Exception {
        provision();
        EngineConfig other =
                EngineConfig.builder().namespace(namespace).partitions(8).build();
        assertEquals(3, new TopicProvisioner(admin, other).provision());
    }

    @Test
    void shouldCreateWhatIsMissing() throws Exception {
        provision();
        String status = namespace.topic(Topic.STATUS);
        admin.deleteTopics(List.of(status)).all().get();
        await().until(() -> !admin.listTopics().names().get().contains(status));
        provision();
        assertEquals(3, partitionsOf(Topic.STATUS));
    }

    @Test
    void shouldRefuseAnotherCleanupPolicy() throws Exception {
        provision();
        set(Topic.COMMANDS, "cleanup.policy", "delete");
        String commands = namespace.topic(Topic.COMMANDS);
        assertRefused(
                "topic " + commands + " has cleanup.policy=delete and must have compact: kafka-configs --alter --topic "
                        + commands + " --add-config cleanup.policy=compact");
        set(Topic.COMMANDS, "cleanup.policy", "compact,delete");
        assertRefused("topic " + commands + " has cleanup.policy=compact,delete and must have compact: "
                + "kafka-configs --alter --topic " + commands + " --add-config cleanup.policy=compact");
    }

    @Test
    void shouldRefuseCommandsThatAreCompactedUnread() throws Exception {
        provision();
        ConfigResource commands = resource(Topic.COMMANDS);
        var unset = new AlterConfigOp(new ConfigEntry("min.compaction.lag.ms", null), AlterConfigOp.OpType.DELETE);
        admin.incrementalAlterConfigs(Map.of(commands, List.of(unset))).all().get();
        awaitSetting(Topic.COMMANDS, "min.compaction.lag.ms", "0");
        assertRefused("topic " + commands.name()
                + " has min.compaction.lag.ms=0 and must have 604800000: kafka-configs --alter " + "--topic "
                + commands.name() + " --add-config min.compaction.lag.ms=604800000");
    }

    @Test
    void shouldRefuseTimesThatTheBrokerSets() throws Exception {
        provision();
        set(Topic.QUERIES, "message.timestamp.type", "LogAppendTime");
        String queries = namespace.topic(Topic.QUERIES);
        assertRefused("topic " + queries + " has message.timestamp.type=LogAppendTime and must have CreateTime: "
                + "kafka-configs --alter --topic " + queries + " --add-config message.timestamp.type=CreateTime");
    }

    @Test
    void shouldRefuseShorterRetentionAndTakeLonger() throws Exception {
        provision();
        set(Topic.HISTORY, "retention.ms", Long.toString(Duration.ofDays(365).toMillis()));
        set(Topic.EVENTS, "retention.ms", "-1");
        set(
                Topic.COMMANDS,
                "min.compaction.lag.ms",
                Long.toString(Duration.ofDays(30).toMillis()));
        set(Topic.STATUS, "max.message.bytes", "9999999");
        provision();

        set(Topic.HISTORY, "retention.ms", "1000");
        String history = namespace.topic(Topic.HISTORY);
        assertRefused(
                "topic " + history + " has retention.ms=1000 and must have 2592000000: kafka-configs --alter --topic "
                        + history + " --add-config retention.ms=2592000000");
    }

    @Test
    void shouldRefuseAnotherNumberOfPartitionsAndNameAllThatIsWrong() throws Exception {
        String status = namespace.topic(Topic.STATUS);
        String workers = namespace.topic(Topic.WORKERS);
        create(Topic.STATUS, 5);
        create(Topic.WORKERS, 2);
        String remedy = ": delete it, or use another namespace (the number cannot be changed once workflows are in it)";
        assertRefused(
                "topic " + status + " has 5 partitions and must have 3" + remedy,
                "topic " + workers + " has 2 partitions and must have 1" + remedy);
    }

    @Test
    void shouldTakeAnyNumberOfReaderPartitions() throws Exception {
        create(Topic.INBOX, 7);
        provision();
    }

    private int provision() throws Exception {
        return new TopicProvisioner(admin, config).provision();
    }

    private void assertRefused(String... wrong) {
        WrongTopicException refused = assertThrows(WrongTopicException.class, this::provision);
        String expected =
                "the topics of this namespace are not as Millrace needs them:\n  " + String.join("\n  ", wrong);
        assertEquals(expected, refused.getMessage());
    }

    private void create(Topic topic, int partitions) throws Exception {
        var created = new NewTopic(namespace.topic(topic), Optional.of(partitions), Optional.empty())
                .configs(new HashMap<>(topic.settings()));
        admin.createTopics(List.of(created)).all().get();
        await().until(() -> admin.listTopics().names().get().contains(created.name()));
    }

    private void set(Topic topic, String setting, String value) throws Exception {
        var change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(change)))
                .all()
                .get();
        awaitSetting(topic, setting, value);
    }

    /** A change is acknowledged before the broker that is asked next has it. */
    private void awaitSetting(Topic topic, String setting, String value) {
        await().until(() -> settingsOf(topic).get(setting).value().equals(value));
    }

    private int partitionsOf(Topic topic) throws Exception {
        String name = namespace.topic(topic);
        return admin.describeTopics(List.of(name))
                .allTopicNames()
                .get()
                .get(name)
                .partitions()
                .size();
    }

    private Config settingsOf(Topic topic) throws Exception {
        return admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic));
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, namespace.topic(topic));
    }
}
