package io.millrace.standalone.crash;

import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

    private static final String READ_COMMITTED = "read_committed";
    private static final String READ_UNCOMMITTED = "read_uncommitted";

    private final Namespace namespace;
    private final Map<String, Object> kafka;
    private final RecordSerdes serdes;

    /**
     * One record; those of one key are in the order in which they were written.
     *
     * @param <T> the type of the topic's values
     * @param sentAtMs when it was sent, by its producer's clock
     */
    public record Entry<T>(String key, T value, long sentAtMs) {}

    public TopicContents(Namespace namespace, String bootstrapServers) {
        this(namespace, bootstrapServers, Map.of());
    }

    /**
     * With further settings.
     *
     * @param settings of the consumer and of the records, {@code schema.registry.url} for example
     */
    public TopicContents(Namespace namespace, String bootstrapServers, Map<String, String> settings) {
        this.namespace = namespace;
        Map<String, Object> all = new HashMap<>(settings);
        all.put(BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        this.kafka = Map.copyOf(all);
        this.serdes = RecordSerdes.from(settings);
    }

    public <T extends SpecificRecord> List<Entry<T>> read(Topic topic, Class<T> type) {
        List<Entry<T>> entries = new ArrayList<>();
        forEach(topic, type, key -> true, entries::add);
        return entries;
    }

    /** The values of one key. */
    public <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type, String key) {
        List<T> values = new ArrayList<>();
        forEach(topic, type, key::equals, entry -> values.add(entry.value()));
        return values;
    }

    /** How many records there are. */
    public int count(Topic topic) {
        AtomicInteger count = new AtomicInteger();
        forEachRecord(topic, READ_COMMITTED, record -> count.incrementAndGet());
        return count.get();
    }

    /** One after the other, without keeping any: those whose keys are wanted, and that are no tombstones. */
    <T extends SpecificRecord> void forEach(
            Topic topic, Class<T> type, Predicate<String> wanted, Consumer<Entry<T>> consumer) {
        forEach(topic, type, READ_COMMITTED, wanted, consumer);
    }

    /** The same of what was written in transactions that were aborted, too. */
    <T extends SpecificRecord> void forEachUncommitted(Topic topic, Class<T> type, Consumer<Entry<T>> consumer) {
        forEach(topic, type, READ_UNCOMMITTED, key -> true, consumer);
    }

    private <T extends SpecificRecord> void forEach(
            Topic topic, Class<T> type, String isolation, Predicate<String> wanted, Consumer<Entry<T>> consumer) {
        Deserializer<T> values = serdes.deserializer(type);
        forEachRecord(topic, isolation, record -> {
            if (record.value() != null && wanted.test(record.key())) {
                T value = values.deserialize(record.topic(), record.value());
                consumer.accept(new Entry<>(record.key(), value, record.timestamp()));
            }
        });
    }

    private void forEachRecord(Topic topic, String isolation, Consumer<ConsumerRecord<String, byte[]>> action) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ISOLATION_LEVEL_CONFIG, isolation);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(namespace.topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(action);
            }
        }
    }
}
