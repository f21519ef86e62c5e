package io.millrace.benchmarks.cluster;

import io.millrace.client.MillraceClient;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Millrace that is loaded, by its topics. */
public record Target(String bootstrapServers, Namespace namespace, Map<String, String> kafka) {

    /** A client of it, which is said to be this program. */
    public MillraceClient client(String issuer, Duration patience) {
        return MillraceClient.builder()
                .namespace(namespace.name())
                .kafkaProperties(kafka)
                .issuer(issuer)
                .requestTimeout(patience)
                .connect(bootstrapServers);
    }

    public String topic(Topic topic) {
        return namespace.topic(topic);
    }

    public <T extends SpecificRecord> KafkaProducer<String, T> producer(Class<T> type) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        // What services use that send a lot: nobody waits for a single one.
        config.put(ProducerConfig.LINGER_MS_CONFIG, 10);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        return new KafkaProducer<>(config, new StringSerializer(), serdes().serializer(type));
    }

    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        return serdes().deserializer(type);
    }

    private RecordSerdes serdes() {
        return RecordSerdes.from(kafka);
    }

    /** A consumer that sees what is committed from now on, in one partition or in all. */
    public KafkaConsumer<String, byte[]> readerFromEnd(Topic topic, int... partitions) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> assigned = new ArrayList<>();
        for (int partition : partitions) {
            assigned.add(new TopicPartition(topic(topic), partition));
        }
        if (assigned.isEmpty()) {
            assigned = consumer.partitionsFor(topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toList());
        }
        consumer.assign(assigned);
        consumer.seekToEnd(assigned);
        // The end is looked up when it is first needed, which has to be now.
        assigned.forEach(consumer::position);
        return consumer;
    }
}
