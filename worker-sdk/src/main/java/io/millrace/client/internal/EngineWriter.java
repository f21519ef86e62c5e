package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import io.millrace.schemas.Command;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Puts commands and queries on their topics. Thread-safe. */
final class EngineWriter {
    /** Kafka Streams takes the oldest record first: queries are answered before a backlog of commands and events. */
    private static final long BEFORE_EVERYTHING_ELSE = 0L;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final ClientTopics topics;
    private final Serializer<Command> commands;
    private final Serializer<Query> queries;

    EngineWriter(Producer<byte[], byte[]> producer, ClientTopics topics, RecordSerdes serdes) {
        this.producer = producer;
        this.topics = topics;
        this.commands = serdes.serializer(Command.class);
        this.queries = serdes.serializer(Query.class);
    }

    /** Sends a command; {@code onError} is called if Kafka does not take it. */
    void send(String workflowId, Command command, Consumer<RuntimeException> onError) {
        command.setReplyPartition(topics.replyPartition());
        String topic = topics.name(Topic.COMMANDS);
        byte[] value = commands.serialize(topic, command);
        produce(new ProducerRecord<>(topic, topics.partitionOf(workflowId), bytes(workflowId), value), onError);
    }

    /** Sends a query; {@code onError} is called if Kafka does not take it. */
    void send(int partition, Query query, Consumer<RuntimeException> onError) {
        query.setAnswerPartition(topics.answerPartition());
        String topic = topics.name(Topic.QUERIES);
        byte[] value = queries.serialize(topic, query);
        produce(
                new ProducerRecord<>(topic, partition, BEFORE_EVERYTHING_ELSE, bytes(query.getQueryId()), value),
                onError);
    }

    void close() {
        producer.close(CLOSE_WITHIN);
    }

    private void produce(ProducerRecord<byte[], byte[]> record, Consumer<RuntimeException> onError) {
        try {
            producer.send(record, (metadata, error) -> {
                if (error != null) {
                    onError.accept(notTaken(record.topic(), error));
                }
            });
        } catch (RuntimeException e) {
            onError.accept(notTaken(record.topic(), e));
        }
    }

    private static EngineUnavailableException notTaken(String topic, Exception error) {
        return new EngineUnavailableException(
                "Kafka did not take a record for \"" + topic
                        + "\": check that its brokers run and let this client write (" + error.getMessage() + ")",
                error);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
