package io.millrace.engine.runtime;

import io.millrace.engine.EngineConfig;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of a namespace, and refuses existing ones that are set up differently. */
public final class TopicProvisioner {
    /** How long a topic that was created may stay unknown to the brokers that are asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MS = 50;

    /** From so many replicas on, one may be away while writes go on. */
    private static final int REPLICAS_FOR_QUORUM = 3;

    private final Admin admin;
    private final EngineConfig config;

    /** A provisioner that uses, and does not close, an admin client. */
    public TopicProvisioner(Admin admin, EngineConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * Sees to it that every topic is there and right.
     *
     * @return how many partitions the workflow topics have
     * @throws WrongTopicException if an existing topic has another setting or another number of partitions
     */
    public int provision() throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        int partitions = existingPartitions(existing).orElse(config.partitions());
        List<NewTopic> missing = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String name = config.namespace().topic(topic);
            if (!existing.contains(name)) {
                missing.add(new NewTopic(name, Optional.of(partitionsOf(topic, partitions)), replication())
                        .configs(settingsOf(topic)));
            }
        }
        create(missing);
        check(partitions);
        return partitions;
    }

    /** The commands topic says how many partitions the namespace has; the configured number is for a new namespace. */
    private Optional<Integer> existingPartitions(Set<String> existing) throws ExecutionException, InterruptedException {
        String commands = config.namespace().topic(Topic.COMMANDS);
        if (!existing.contains(commands)) {
            return Optional.empty();
        }
        return Optional.of(describe(Set.of(commands)).get(commands).partitions().size());
    }

    private Optional<Short> replication() {
        return config.replicationFactor() < 0 ? Optional.empty() : Optional.of((short) config.replicationFactor());
    }

    /** With three replicas an acknowledgement is to mean two of them: else the loss of one broker could lose what it acknowledged. */
    private Map<String, String> settingsOf(Topic topic) {
        Map<String, String> settings = new HashMap<>(topic.settings());
        if (config.replicationFactor() >= REPLICAS_FOR_QUORUM) {
            settings.put("min.insync.replicas", "2");
        }
        return settings;
    }

    private int partitionsOf(Topic topic, int workflowPartitions) {
        return switch (topic.partitioning()) {
            case BY_WORKFLOW -> workflowPartitions;
            case BY_READER -> config.readerPartitions();
            case SINGLE -> 1;
        };
    }

    private void create(List<NewTopic> topics) throws ExecutionException, InterruptedException {
        for (var created : admin.createTopics(topics).values().entrySet()) {
            try {
                created.getValue().get();
            } catch (ExecutionException e) {
                // Another instance was faster; whether it made the topic right is checked next.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void check(int partitions) throws ExecutionException, InterruptedException {
        Map<String, Topic> topics =
                Arrays.stream(Topic.values()).collect(Collectors.toMap(config.namespace()::topic, topic -> topic));
        List<String> wrong = new ArrayList<>();
        Map<String, TopicDescription> descriptions = describe(topics.keySet());
        Map<ConfigResource, Config> settings = settings(topics.keySet());
        topics.forEach((name, topic) -> {
            checkPartitions(name, topic, descriptions.get(name), partitions, wrong);
            checkSettings(name, topic, settings.get(new ConfigResource(ConfigResource.Type.TOPIC, name)), wrong);
        });
        if (!wrong.isEmpty()) {
            wrong.sort(null);
            throw new WrongTopicException(wrong);
        }
    }

    private Map<String, TopicDescription> describe(Set<String> names) throws ExecutionException, InterruptedException {
        return whenKnown(() -> admin.describeTopics(names).allTopicNames());
    }

    private Map<ConfigResource, Config> settings(Set<String> names) throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return whenKnown(() -> admin.describeConfigs(resources).all());
    }

    /** A topic that has just been created is not known to every broker at once: whoever asks too early is told there is none. */
    private static <T> T whenKnown(Supplier<KafkaFuture<T>> question) throws ExecutionException, InterruptedException {
        long patienceEndsNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.get().get();
            } catch (ExecutionException e) {
                boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknown || System.nanoTime() - patienceEndsNanos > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
    }

    private void checkPartitions(
            String name, Topic topic, TopicDescription description, int partitions, List<String> wrong) {
        int actual = description.partitions().size();
        // Readers find their partition by whatever number there is.
        boolean matters = topic.partitioning() != Topic.Partitioning.BY_READER;
        int expected = partitionsOf(topic, partitions);
        if (matters && actual != expected) {
            wrong.add("topic " + name + " has " + actual + " partitions and must have " + expected
                    + ": delete it, or use another namespace (the number cannot be changed once workflows are in it)");
        }
    }

    private static void checkSettings(String name, Topic topic, Config actual, List<String> wrong) {
        topic.settings().forEach((setting, expected) -> {
            ConfigEntry entry = actual.get(setting);
            String value = entry == null ? "(not known to the broker)" : entry.value();
            if (!fits(setting, expected, value)) {
                wrong.add("topic " + name + " has " + setting + "=" + value + " and must have " + expected
                        + ": kafka-configs --alter --topic " + name + " --add-config " + setting + "=" + expected);
            }
        });
    }

    /** More than what is needed fits too, where more does no harm: longer retention, larger records. */
    private static boolean fits(String setting, String expected, String actual) {
        if (expected.equals(actual)) {
            return true;
        }
        boolean isBound = setting.equals("retention.ms")
                || setting.equals("retention.bytes")
                || setting.equals("max.message.bytes")
                || setting.equals("min.compaction.lag.ms");
        if (!isBound || !actual.matches("-?\\d+")) {
            return setting.equals("segment.bytes");
        }
        long value = Long.parseLong(actual);
        boolean unbounded = value == -1 && setting.startsWith("retention");
        return unbounded || value >= Long.parseLong(expected) && !expected.equals("-1");
    }
}
