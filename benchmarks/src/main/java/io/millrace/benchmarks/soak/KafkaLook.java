package io.millrace.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** What Kafka says of its topics and transactions. */
final class KafkaLook {
    /** Longer than any transaction of the engine may be open, and than the broker takes to abort one. */
    private static final Duration HANGING_AFTER = Duration.ofMinutes(1);

    private final Admin admin;
    private final String namespace;

    KafkaLook(Admin admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
    }

    /**
     * Producers as partitions know them.
     *
     * @param known all that Kafka has not forgotten yet, which takes it a day
     * @param hanging transactions that are open on a partition for so long that nobody will end them
     */
    record Producers(long known, long hanging) {}

    /** Bytes on disk of each topic, Kafka's own among them. */
    Map<String, Long> topicBytes() throws ExecutionException, InterruptedException {
        Collection<Integer> brokers =
                admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        Map<String, Long> bytes = new TreeMap<>();
        for (var directories :
                admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            directories
                    .values()
                    .forEach(directory -> directory
                            .replicaInfos()
                            .forEach(
                                    (partition, replica) -> bytes.merge(partition.topic(), replica.size(), Long::sum)));
        }
        return bytes;
    }

    /** How many transactional ids Kafka knows. */
    int transactionalIds() throws ExecutionException, InterruptedException {
        Collection<TransactionListing> all = admin.listTransactions().all().get();
        return all.size();
    }

    /** Those of all partitions of the namespace. */
    Producers producers() throws ExecutionException, InterruptedException {
        DescribeProducersResult described = admin.describeProducers(partitions());
        long since = System.currentTimeMillis() - HANGING_AFTER.toMillis();
        long known = 0;
        long hanging = 0;
        for (DescribeProducersResult.PartitionProducerState state :
                described.all().get().values()) {
            for (ProducerState producer : state.activeProducers()) {
                known++;
                if (producer.currentTransactionStartOffset().isPresent() && producer.lastTimestamp() < since) {
                    hanging++;
                }
            }
        }
        return new Producers(known, hanging);
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        List<String> topics = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(namespace + "."))
                .toList();
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic :
                admin.describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions().forEach(each -> partitions.add(new TopicPartition(topic.name(), each.partition())));
        }
        return partitions;
    }
}
