package io.millrace.examples.statusfollower;

import io.millrace.examples.Arguments;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.MillraceAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The topic that has the state of each workflow, from now on. It is compacted: whoever reads it from the beginning has them all.
 *
 * <p>This consumer reads all partitions by itself. A service whose instances share them would call {@code subscribe} with a {@code group.id} instead.
 */
final class StatusTopic implements AutoCloseable {
    private static final String NAME = Namespace.DEFAULT.topic(Topic.STATUS);
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConsumer<String, WorkflowState> consumer;

    StatusTopic(String bootstrapServers) {
        consumer = new KafkaConsumer<>(Arguments.kafka(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                // What a transaction wrote that was aborted has never happened.
                "isolation.level",
                "read_committed",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                MillraceAvroDeserializer.class)));
        List<TopicPartition> all = consumer.partitionsFor(NAME).stream()
                .map(info -> new TopicPartition(NAME, info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Where the ends are, is asked for when somebody needs to know: now, before anything is started.
        all.forEach(consumer::position);
    }

    /** The next changes, as soon as there are any; none after a while. */
    List<WorkflowState> next() {
        List<WorkflowState> changes = new ArrayList<>();
        for (ConsumerRecord<String, WorkflowState> record : consumer.poll(POLL)) {
            // Without a value it is a tombstone: the workflow was purged.
            if (record.value() != null) {
                changes.add(record.value());
            }
        }
        return changes;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
