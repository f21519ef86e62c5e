package io.millrace.standalone.sample;

import io.millrace.schemas.Namespace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Counts on a compacted topic, so that it outlives the worker and all workers count together. One owner per workflow makes
 * reading, adding one and writing safe without a transaction. Connects when the first failure is asked for.
 */
final class KafkaFailureBudget implements FailureBudget, AutoCloseable {
    private static final String TOPIC_SUFFIX = ".demo-failures";
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, Object> kafka;
    private final TopicPartition partition;
    private final Map<String, Integer> counts = new HashMap<>();
    private @Nullable KafkaConsumer<String, Integer> consumer;
    private @Nullable KafkaProducer<String, Integer> producer;

    /** Counts in a namespace of a cluster, which the settings of Kafka clients describe. */
    KafkaFailureBudget(Namespace namespace, Map<String, ?> kafka) {
        this.partition = new TopicPartition(namespace.name() + TOPIC_SUFFIX, 0);
        this.kafka = Map.copyOf(kafka);
    }

    @Override
    public synchronized boolean take(String key, int allowed) throws InterruptedException, ExecutionException {
        readToEnd();
        int soFar = counts.getOrDefault(key, 0);
        if (soFar >= allowed) {
            return false;
        }
        writer().send(new ProducerRecord<>(partition.topic(), partition.partition(), key, soFar + 1))
                .get();
        return true;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
        }
        if (producer != null) {
            producer.close();
        }
    }

    private void readToEnd() throws InterruptedException, ExecutionException {
        KafkaConsumer<String, Integer> reader = reader();
        long end = reader.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        while (reader.position(partition) < end) {
            reader.poll(POLL).forEach(record -> counts.put(record.key(), record.value()));
        }
    }

    private KafkaConsumer<String, Integer> reader() throws InterruptedException, ExecutionException {
        if (consumer == null) {
            createTopic();
            consumer = new KafkaConsumer<>(kafka, new StringDeserializer(), new IntegerDeserializer());
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
        }
        return consumer;
    }

    private KafkaProducer<String, Integer> writer() {
        if (producer == null) {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put("acks", "all");
            producer = new KafkaProducer<>(settings, new StringSerializer(), new IntegerSerializer());
        }
        return producer;
    }

    private void createTopic() throws InterruptedException, ExecutionException {
        NewTopic topic = new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
