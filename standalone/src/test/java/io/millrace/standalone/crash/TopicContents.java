package io.millrace.standalone.crash;

import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on the topics of a namespace now, committed, from the beginning. */
public final class TopicContents {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Namespace namespace;
    private final Map<String, Object> kafka;

    /**
     * One record; those of one key are in the order in which they were written.
     *
     * @param <T> the type of the topic's values
     * @param sentAtMs when it was sent, by its producer's clock
     */
    public record Entry<T>(String key, T value, long sentAtMs) {}

    public TopicContents(Namespace namespace, String bootstrapServers) {
        this.namespace = namespace;
        this.kafka = Map.of(BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    public <T extends SpecificRecord> List<Entry<T>> read(Topic topic, Class<T> type) {
        Deserializer<T> values = RecordSerdes.from(Map.of()).deserializer(type);
        List<Entry<T>> entries = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(topic)) {
            if (record.value() != null) {
                T value = values.deserialize(record.topic(), record.value());
                entries.add(new Entry<>(record.key(), value, record.timestamp()));
            }
        }
        return entries;
    }

    /** How many records there are. */
    public int count(Topic topic) {
        return records(topic).size();
    }

    /** The values of one key. */
    public <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type, String key) {
        return read(topic, type).stream()
                .filter(entry -> entry.key().equals(key))
                .map(Entry::value)
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(namespace.topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }
}
