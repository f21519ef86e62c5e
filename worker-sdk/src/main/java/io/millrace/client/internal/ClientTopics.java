package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics that one client uses, and its own partitions among them.
 *
 * @param namespace whose topics
 * @param partitions how many the engine has
 * @param replyPartition where this client's replies are sent
 * @param answerPartition where this client's answers are sent
 */
record ClientTopics(Namespace namespace, int partitions, int replyPartition, int answerPartition) {
    private static final List<Topic> USED =
            List.of(Topic.COMMANDS, Topic.QUERIES, Topic.STATUS, Topic.REPLIES, Topic.ANSWERS);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Waits for the topics to be there: the engine makes them when it is first started. */
    static ClientTopics find(Consumer<?, ?> consumer, Namespace namespace, String clientId, Duration timeout) {
        long giveUpAt = System.nanoTime() + timeout.toNanos();
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : USED) {
            counts.put(topic, partitionCount(consumer, namespace.topic(topic), giveUpAt, timeout));
        }
        return new ClientTopics(
                namespace,
                counts.get(Topic.COMMANDS),
                KeyPartition.of(clientId, counts.get(Topic.REPLIES)),
                KeyPartition.of(clientId, counts.get(Topic.ANSWERS)));
    }

    private static int partitionCount(Consumer<?, ?> consumer, String topic, long giveUpAt, Duration timeout) {
        while (true) {
            long left = giveUpAt - System.nanoTime();
            List<PartitionInfo> found = left > 0 ? consumer.partitionsFor(topic, Duration.ofNanos(left)) : null;
            if (found != null && !found.isEmpty()) {
                return found.size();
            }
            if (left <= 0) {
                throw new EngineUnavailableException(
                        "Kafka has no topic \"" + topic + "\" after " + timeout
                                + ": check the namespace, and that an engine has been started there (the engine makes the topics)",
                        null);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    int partitionOf(String workflowId) {
        return KeyPartition.of(workflowId, partitions);
    }

    String name(Topic topic) {
        return namespace.topic(topic);
    }

    /** What this client reads. */
    List<TopicPartition> readPartitions() {
        List<TopicPartition> read = new ArrayList<>();
        read.add(new TopicPartition(name(Topic.REPLIES), replyPartition));
        read.add(new TopicPartition(name(Topic.ANSWERS), answerPartition));
        read.addAll(statusPartitions());
        return read;
    }

    /** The log of statuses. */
    List<TopicPartition> statusPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name(Topic.STATUS), partition))
                .toList();
    }
}
