package io.millrace.engine;

import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes to and reads from the topics of one namespace, each from its beginning. */
final class NamespaceClient implements AutoCloseable {
    private final String bootstrapServers;
    private final Namespace namespace;
    private final RecordSerdes serdes = RecordSerdes.from(Map.of());
    private final KafkaProducer<String, byte[]> producer;
    private final Map<Topic, KafkaConsumer<String, byte[]>> consumers = new EnumMap<>(Topic.class);
    private final Map<String, WorkflowState> statuses = new HashMap<>();

    NamespaceClient(String bootstrapServers, Namespace namespace) {
        this.bootstrapServers = bootstrapServers;
        this.namespace = namespace;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.request.size", Limits.MAX_RECORD_BYTES),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A record as it was read. */
    record Read<T>(String key, T value) {}

    void start(String workflowId, Start start) {
        send(Topic.COMMANDS, workflowId, Samples.startCommand("start-" + workflowId, start));
    }

    /** The last published state of a workflow. */
    @Nullable
    WorkflowState status(String workflowId) {
        newRecords(Topic.STATUS, WorkflowState.class).forEach(read -> statuses.put(read.key(), read.value()));
        return statuses.get(workflowId);
    }

    <T extends SpecificRecord> void send(Topic topic, String key, T value) {
        produce(new ProducerRecord<>(namespace.topic(topic), key, serialized(topic, value)));
    }

    <T extends SpecificRecord> void sendTo(Topic topic, int partition, String key, T value) {
        produce(new ProducerRecord<>(namespace.topic(topic), partition, key, serialized(topic, value)));
    }

    void sendRaw(Topic topic, @Nullable String key, byte @Nullable [] value) {
        produce(new ProducerRecord<>(namespace.topic(topic), key, value));
    }

    int workflowPartitions() {
        return producer.partitionsFor(namespace.topic(Topic.EVENTS)).size();
    }

    /** The records of a topic that have come since the last call. */
    <T extends SpecificRecord> List<Read<T>> newRecords(Topic topic, Class<T> type) {
        Deserializer<T> deserializer = serdes.deserializer(type);
        List<Read<T>> records = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : newRaw(topic)) {
            records.add(new Read<>(record.key(), deserializer.deserialize(record.topic(), record.value())));
        }
        return records;
    }

    /** The same as they were written. */
    List<ConsumerRecord<String, byte[]>> newRaw(Topic topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumers
                .computeIfAbsent(topic, this::consumer)
                .poll(Duration.ofMillis(50))
                .forEach(records::add);
        return records;
    }

    private KafkaConsumer<String, byte[]> consumer(Topic topic) {
        // The inbox is read uncommitted by workers; everything else is what others rely on.
        String isolation = topic == Topic.INBOX ? "read_uncommitted" : "read_committed";
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(namespace.topic(topic)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private <T extends SpecificRecord> byte[] serialized(Topic topic, T value) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) value.getClass();
        return serdes.serializer(type).serialize(namespace.topic(topic), value);
    }

    private void produce(ProducerRecord<String, byte[]> record) {
        producer.send(record, (sent, failed) -> {
            if (failed != null) {
                throw new KafkaException("cannot write to " + record.topic(), failed);
            }
        });
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        consumers.values().forEach(KafkaConsumer::close);
    }
}
