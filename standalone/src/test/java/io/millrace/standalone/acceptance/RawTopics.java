package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import io.millrace.client.WorkflowDescription;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.standalone.crash.TopicContents;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics as anyone sees them who has a Kafka client and no library of ours. */
final class RawTopics {
    private final SharedMillrace millrace;
    private final TopicContents contents;

    RawTopics(SharedMillrace millrace) {
        this.millrace = millrace;
        this.contents = new TopicContents(millrace.namespace(), millrace.bootstrapServers());
    }

    /** A command of a new id, to be given a body. */
    static Command command() {
        Command command = new Command();
        command.setCommandId(UUID.randomUUID().toString());
        command.setIssuer("a service");
        command.setIssuedAtMs(System.currentTimeMillis());
        return command;
    }

    /** Returns when it is on the topic. */
    <T extends SpecificRecord> void send(Topic topic, String key, Class<T> type, T value) {
        send(topic, key, value, RecordSerdes.from(Map.of()).serializer(type));
    }

    /** Sends what is no record of ours, or may be none. */
    void send(Topic topic, String key, byte[] value) {
        send(topic, key, value, new ByteArraySerializer());
    }

    private <T> void send(Topic topic, String key, T value, Serializer<T> serializer) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", millrace.bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, T> producer = new KafkaProducer<>(kafka, new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(millrace.namespace().topic(topic), key, value));
            producer.flush();
        }
    }

    /** Reports a fact in the name of the worker that owned a workflow when it was described. */
    void report(WorkflowDescription owned, WorkerFact fact) {
        WorkerEvent event = new WorkerEvent();
        event.setWorkerId(owned.workerId().orElseThrow());
        event.setEpoch(owned.attempts());
        event.setFacts(List.of(fact));
        send(Topic.EVENTS, owned.workflowId(), WorkerEvent.class, event);
    }

    /** Sends the command, and waits until so many answers to its id are on the replies topic. */
    List<CommandReply> command(String workflowId, Command command, int answers) {
        send(Topic.COMMANDS, workflowId, Command.class, command);
        return await("the answer to " + command)
                .atMost(Scene.PATIENCE)
                .until(
                        () -> contents.read(Topic.REPLIES, CommandReply.class, command.getCommandId()),
                        found -> found.size() >= answers);
    }

    /** Sends the command, and waits for the answer. */
    CommandReply command(String workflowId, Command command) {
        return command(workflowId, command, 1).get(0);
    }

    /** What is on a topic under a key now, committed. */
    <T extends SpecificRecord> List<T> read(Topic topic, Class<T> type, String key) {
        return contents.read(topic, type, key);
    }

    /** How many records are on a topic now. */
    int count(Topic topic) {
        return contents.count(topic);
    }
}
