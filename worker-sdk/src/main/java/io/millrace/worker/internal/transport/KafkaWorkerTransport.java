package io.millrace.worker.internal.transport;

import io.millrace.schemas.Command;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.KeyPartition;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The topics on a Kafka cluster: one producer, and one consumer with a thread of its own. */
public final class KafkaWorkerTransport implements WorkerTransport {
    private final Namespace namespace;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final Serializer<WorkerEvent> events;
    private final Serializer<Command> commands;
    private final Serializer<Heartbeat> heartbeats;
    private final Deserializer<InboxMessage> inboxMessages;
    private final int partitions;
    private final int inboxPartitions;
    private @Nullable KafkaInbox inbox;

    private KafkaWorkerTransport(Namespace namespace, Map<String, Object> properties, Duration lease) {
        this.namespace = namespace;
        RecordSerdes serdes = RecordSerdes.from(properties);
        this.events = serdes.serializer(WorkerEvent.class);
        this.commands = serdes.serializer(Command.class);
        this.heartbeats = serdes.serializer(Heartbeat.class);
        this.inboxMessages = serdes.deserializer(InboxMessage.class);
        KafkaSettings settings = new KafkaSettings(properties, lease);
        this.consumer =
                new KafkaConsumer<>(settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            this.partitions = partitionsOf(Topic.EVENTS);
            this.inboxPartitions = partitionsOf(Topic.INBOX);
            this.producer = connect(settings);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private Producer<byte[], byte[]> connect(KafkaSettings settings) {
        Producer<byte[], byte[]> connected =
                new KafkaProducer<>(settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        try {
            // The first send to a topic waits for its metadata, and would wait for itself on the producer's own thread.
            connected.partitionsFor(namespace.topic(Topic.EVENTS));
            connected.partitionsFor(namespace.topic(Topic.WORKERS));
            connected.partitionsFor(namespace.topic(Topic.COMMANDS));
            return connected;
        } catch (RuntimeException e) {
            connected.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Connections to the topics of a namespace.
     *
     * @param properties of Kafka clients, {@code bootstrap.servers} among them
     * @param lease of the worker
     */
    public static Factory factory(Namespace namespace, Map<String, Object> properties, Duration lease) {
        return () -> new KafkaWorkerTransport(namespace, properties, lease);
    }

    private int partitionsOf(Topic topic) {
        List<PartitionInfo> infos = consumer.partitionsFor(namespace.topic(topic));
        if (infos == null || infos.isEmpty()) {
            throw new IllegalStateException("there is no topic " + namespace.topic(topic)
                    + " on this cluster: the engine creates it when it starts; is it running, with this namespace?");
        }
        return infos.size();
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public int partitionOf(String workflowId) {
        return KeyPartition.of(workflowId, partitions);
    }

    @Override
    public void openInbox(String workerId, InboxReceiver receiver) {
        TopicPartition own =
                new TopicPartition(namespace.topic(Topic.INBOX), KeyPartition.of(workerId, inboxPartitions));
        consumer.assign(List.of(own));
        consumer.seekToEnd(List.of(own));
        // seekToEnd is lazy; asking for the position makes it happen now, before the engine hears of this worker.
        consumer.position(own);
        inbox = new KafkaInbox(consumer, inboxMessages, bytes(workerId), receiver);
        inbox.start();
    }

    @Override
    public CompletableFuture<Void> sendEvent(int partition, String key, WorkerEvent event) {
        String topic = namespace.topic(Topic.EVENTS);
        return send(() -> new ProducerRecord<>(topic, partition, bytes(key), events.serialize(topic, event)));
    }

    @Override
    public CompletableFuture<Void> sendCommand(String key, Command command) {
        String topic = namespace.topic(Topic.COMMANDS);
        return send(() -> new ProducerRecord<>(
                topic, KeyPartition.of(key, partitions), bytes(key), commands.serialize(topic, command)));
    }

    @Override
    public CompletableFuture<Void> sendHeartbeat(String workerId, @Nullable Heartbeat heartbeat) {
        String topic = namespace.topic(Topic.WORKERS);
        return send(() -> new ProducerRecord<>(
                topic, 0, bytes(workerId), heartbeat == null ? null : heartbeats.serialize(topic, heartbeat)));
    }

    private interface Encoding {
        ProducerRecord<byte[], byte[]> encode();
    }

    private CompletableFuture<Void> send(Encoding encoding) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            producer.send(encoding.encode(), (metadata, error) -> {
                if (error == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(error);
                }
            });
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close(Duration timeout) {
        if (inbox == null) {
            consumer.close();
        } else {
            inbox.stop();
        }
        producer.close(timeout);
    }
}
