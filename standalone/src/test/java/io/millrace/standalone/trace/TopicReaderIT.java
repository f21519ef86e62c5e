package io.millrace.standalone.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.CommandOutcome;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Start;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class TopicReaderIT {
    private static final Namespace NAMESPACE = Namespace.DEFAULT;

    @Test
    void shouldShowOneWorkflowsRecordsFromAllTopicsInTheOrderOfTheirTimes() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral())) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            createTopics(kafka);
            try (KafkaProducer<String, byte[]> producer =
                    new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
                send(producer, Topic.COMMANDS, 1_000, "w-1", bytes(Command.class, start("c-1")));
                send(producer, Topic.COMMANDS, 1_001, "w-2", bytes(Command.class, start("c-2")));
                send(producer, Topic.REPLIES, 1_003, "c-1", bytes(CommandReply.class, reply("w-1")));
                send(producer, Topic.EVENTS, 1_002, "w-1", "garbage".getBytes(StandardCharsets.UTF_8));
            }
            List<TraceLine> lines = new TopicReader(NAMESPACE, kafka).linesOf("w-1");
            assertEquals(
                    List.of("commands", "events", "replies"),
                    lines.stream().map(TraceLine::topic).toList());
            assertTrue(lines.get(0).value().contains("\"commandId\":\"c-1\""), lines.toString());
            assertTrue(lines.get(1).value().startsWith("(not readable, 7 bytes"), lines.toString());
            assertTrue(lines.get(2).key().equals("c-1"), lines.toString());
        }
    }

    private static void createTopics(Map<String, Object> kafka) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(new NewTopic(NAMESPACE.topic(topic), 1, (short) 1));
        }
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(topics).all().get();
        }
    }

    private static void send(KafkaProducer<String, byte[]> producer, Topic topic, long at, String key, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(NAMESPACE.topic(topic), 0, at, key, value))
                .get();
    }

    private static <T extends SpecificRecord> byte[] bytes(Class<T> type, T value) {
        return RecordSerdes.from(Map.of()).serializer(type).serialize("", value);
    }

    private static Command start(String commandId) {
        return Command.newBuilder()
                .setCommandId(commandId)
                .setIssuer("test")
                .setIssuedAtMs(0)
                .setStart(Start.newBuilder().setWorkflowType("demo.steps").build())
                .build();
    }

    private static CommandReply reply(String workflowId) {
        return CommandReply.newBuilder()
                .setCommandId("c-1")
                .setWorkflowId(workflowId)
                .setOutcome(CommandOutcome.ACCEPTED)
                .setStatus(WorkflowStatus.ENQUEUED)
                .setAtMs(0)
                .build();
    }
}
