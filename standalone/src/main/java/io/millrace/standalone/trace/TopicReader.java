package io.millrace.standalone.trace;

import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads all topics of a namespace once, from their beginning to where they end now. */
final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final Map<String, Topic> topics = new HashMap<>();
    private final RecordText text;

    TopicReader(Namespace namespace, Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
        this.text = new RecordText(RecordSerdes.from(kafka));
        for (Topic topic : Topic.values()) {
            topics.put(namespace.topic(topic), topic);
        }
    }

    /** Every record that is about the workflow: by its key, or because its value names it. */
    List<TraceLine> linesOf(String workflowId) {
        List<TraceLine> lines = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    addIfAbout(workflowId, record, lines);
                }
            }
        }
        lines.sort(TraceLine.IN_ORDER);
        return lines;
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.listTopics().entrySet().stream()
                .filter(entry -> topics.containsKey(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void addIfAbout(String workflowId, ConsumerRecord<byte[], byte[]> record, List<TraceLine> lines) {
        Topic topic = topics.get(record.topic());
        String key = RecordText.key(record.key());
        String value = text.of(topic, record.value());
        if (key.equals(workflowId) || value.contains("\"" + workflowId + "\"")) {
            lines.add(
                    new TraceLine(record.timestamp(), topic.suffix(), record.partition(), record.offset(), key, value));
        }
    }
}
