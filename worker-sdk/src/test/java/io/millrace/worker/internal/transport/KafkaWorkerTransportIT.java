package io.millrace.worker.internal.transport;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CreditWanted;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaWorkerTransportIT {
    private static final int PARTITIONS = 3;
    private static final Namespace NAMESPACE = new Namespace("transport-test");
    private static final String INBOX = NAMESPACE.topic(Topic.INBOX);
    private static final String EVENTS = NAMESPACE.topic(Topic.EVENTS);
    private static final String COMMANDS = NAMESPACE.topic(Topic.COMMANDS);
    private static final String WORKERS = NAMESPACE.topic(Topic.WORKERS);

    private final RecordSerdes serdes = RecordSerdes.from(Map.of());
    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private EmbeddedBroker broker;
    private KafkaProducer<String, byte[]> engine;

    private final WorkerTransport.InboxReceiver receiver = new WorkerTransport.InboxReceiver() {
        @Override
        public void onMessage(InboxMessage message) {
            received.add(message.getCreditWanted().getWanted());
        }

        @Override
        public void onFailure(Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
        engine = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private void createTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic(EVENTS, PARTITIONS, (short) 1),
                            new NewTopic(COMMANDS, PARTITIONS, (short) 1),
                            new NewTopic(INBOX, 1, (short) 1),
                            new NewTopic(WORKERS, 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        engine.close(Duration.ZERO);
        broker.close();
    }

    private WorkerTransport open() {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        return KafkaWorkerTransport.factory(NAMESPACE, properties, Duration.ofSeconds(10))
                .open();
    }

    private void tell(String workerId, byte @Nullable [] message) throws Exception {
        engine.send(new ProducerRecord<>(INBOX, workerId, message)).get();
    }

    private byte[] wanted(int number) {
        InboxMessage message = new InboxMessage();
        message.setCreditWanted(new CreditWanted(0, number));
        return serdes.serializer(InboxMessage.class).serialize(INBOX, message);
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic, int partitions, int count) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(p -> new TopicPartition(topic, p))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() == count;
            });
            return records;
        }
    }

    @Test
    void shouldReceiveWhatIsAddressedToItFromItsOpeningOn() throws Exception {
        createTopics();
        tell("me", wanted(1));
        WorkerTransport transport = open();
        transport.openInbox("me", receiver);
        tell("another", wanted(2));
        tell("me", new byte[] {1, 2, 3});
        tell("me", null);
        tell("me", wanted(3));
        tell("me", wanted(4));
        await().until(() -> received.size() == 2);
        assertEquals(List.of(3, 4), received);
        transport.close(Duration.ZERO);
    }

    @Test
    void shouldSendEventsInOrderToThePartitionThatIsGiven() throws Exception {
        createTopics();
        WorkerTransport transport = open();
        for (long epoch = 1; epoch <= 3; epoch++) {
            transport.sendEvent(2, "w", new WorkerEvent("me", epoch, List.of(), null, null));
        }
        transport
                .sendEvent(2, "w", new WorkerEvent("me", 4L, List.of(), null, null))
                .get();
        List<Long> epochs = read(EVENTS, PARTITIONS, 4).stream()
                .peek(record -> assertEquals(2, record.partition()))
                .map(record -> serdes.deserializer(WorkerEvent.class).deserialize(EVENTS, record.value()))
                .map(WorkerEvent::getEpoch)
                .toList();
        assertEquals(List.of(1L, 2L, 3L, 4L), epochs);
        transport.close(Duration.ZERO);
    }

    @Test
    void shouldPlaceWorkflowsAsKafkasOwnPartitionerDoes() throws Exception {
        createTopics();
        WorkerTransport transport = open();
        assertEquals(PARTITIONS, transport.partitions());
        for (String id : List.of("a", "order-17", "größe", "8f0e4e0c-6f0b-4f3a-9f5c-1d2e3f4a5b6c")) {
            int chosen = engine.send(new ProducerRecord<>(EVENTS, id, new byte[0]))
                    .get()
                    .partition();
            assertEquals(chosen, transport.partitionOf(id), id);
        }
        transport.close(Duration.ZERO);
    }

    @Test
    void shouldSendCommandsWhereTheirKeyLeads() throws Exception {
        createTopics();
        WorkerTransport transport = open();
        Command command = new Command();
        command.setCommandId("c");
        command.setIssuer("worker me");
        transport.sendCommand("größe", command).get();
        ConsumerRecord<String, byte[]> sent = read(COMMANDS, PARTITIONS, 1).get(0);
        assertEquals("größe", sent.key());
        assertEquals(transport.partitionOf("größe"), sent.partition());
        assertEquals(
                "c",
                serdes.deserializer(Command.class)
                        .deserialize(COMMANDS, sent.value())
                        .getCommandId());
        transport.close(Duration.ZERO);
    }

    @Test
    void shouldSendHeartbeatsAndTombstones() throws Exception {
        createTopics();
        WorkerTransport transport = open();
        WorkerHeartbeat alive =
                new WorkerHeartbeat("host", 1L, 10_000L, List.of("default"), List.of("test"), null, 3, false);
        transport.sendHeartbeat("me", new Heartbeat(5L, alive, null)).get();
        transport.sendHeartbeat("me", null).get();
        List<ConsumerRecord<String, byte[]>> records = read(WORKERS, 1, 2);
        Heartbeat sent = serdes.deserializer(Heartbeat.class)
                .deserialize(WORKERS, records.get(0).value());
        assertEquals(3, sent.getWorker().getSlots());
        assertEquals(null, records.get(1).value());
        transport.close(Duration.ZERO);
    }

    @Test
    void shouldSayWhichTopicIsMissing() {
        IllegalStateException error = assertThrows(IllegalStateException.class, this::open);
        assertTrue(error.getMessage().contains("there is no topic " + EVENTS), error.getMessage());
    }
}
