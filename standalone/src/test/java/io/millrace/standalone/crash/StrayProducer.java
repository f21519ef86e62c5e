package io.millrace.standalone.crash;

import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what no client of ours would: anyone who may write to a topic can. */
final class StrayProducer {
    private StrayProducer() {}

    /** Returns when it is on the topic. */
    static <T extends SpecificRecord> void send(Stage stage, Topic topic, String key, Class<T> type, T value) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", stage.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, T> producer = new KafkaProducer<>(
                kafka, new StringSerializer(), RecordSerdes.from(Map.of()).serializer(type))) {
            producer.send(new ProducerRecord<>(stage.namespace().topic(topic), key, value));
            producer.flush();
        }
    }
}
