package io.millrace.examples.commands;

import io.millrace.examples.Arguments;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.MillraceAvroDeserializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The answers to commands that name this partition to be answered on. It is read without a group: an answer concerns one process only. */
final class Replies implements AutoCloseable {
    /** Any will do; answers to others that are on it too are passed over. */
    static final int PARTITION = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, CommandReply> consumer;

    Replies(String bootstrapServers) {
        consumer = new KafkaConsumer<>(Arguments.kafka(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                MillraceAvroDeserializer.class)));
        List<TopicPartition> partition = List.of(new TopicPartition(Namespace.DEFAULT.topic(Topic.REPLIES), PARTITION));
        consumer.assign(partition);
        consumer.seekToEnd(partition);
        // Where the end is, is asked for when somebody needs to know: now, and not after the first command.
        consumer.position(partition.get(0));
    }

    /** Waits for the answer to one command. */
    CommandReply await(String commandId) {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            for (ConsumerRecord<String, CommandReply> record : consumer.poll(POLL)) {
                if (commandId.equals(record.key())) {
                    return record.value();
                }
            }
        }
        throw new IllegalStateException("no answer to command " + commandId + " within " + PATIENCE);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
