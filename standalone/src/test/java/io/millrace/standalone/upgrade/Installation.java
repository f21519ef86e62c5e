package io.millrace.standalone.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.standalone.crash.ApiProbe;
import io.millrace.standalone.crash.ChildProcess;
import io.millrace.standalone.crash.Children;
import io.millrace.standalone.crash.Effects;
import io.millrace.standalone.crash.Gates;
import io.millrace.standalone.crash.TopicContents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One Millrace whose processes are of either build, and what the test sees and touches of it. */
abstract class Installation {
    /** Until something that is bound to happen has happened, also on a machine that does other things. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The queue of the test's worker that lets one workflow at a time begin. */
    static final String ONE_AT_A_TIME = "upgrade.one";

    /** Its queue without limits. */
    static final String QUEUE = "upgrade";

    private static final int PAGE = 100;

    private final Children children;

    Installation(Children children) {
        this.children = children;
    }

    abstract ApiProbe api();

    abstract String bootstrapServers();

    abstract Namespace namespace();

    /** Further settings of all Kafka clients. */
    abstract Map<String, String> kafka();

    Children children() {
        return children;
    }

    /** The queues that workflows of the test are started on. */
    void declareQueues() {
        api().put("/queues/" + QUEUE, "{}").expected();
        api().put("/queues/" + ONE_AT_A_TIME, "{\"concurrency\": 1, \"priorityEnabled\": true}")
                .expected();
    }

    /** Starts a worker for these queues; returns at once. */
    ChildProcess startWorker(Build build, String name, List<String> queues, Duration lease) {
        List<String> arguments = new ArrayList<>(List.of(
                bootstrapServers(),
                namespace().name(),
                String.join(",", queues),
                ScriptedWorkflow.TYPE,
                Long.toString(lease.toMillis()),
                children.directory().toString()));
        kafka().forEach((setting, value) -> arguments.add(setting + "=" + value));
        return children.start(name, build.program(ScriptedWorker.class), arguments);
    }

    Gates gates() {
        return new Gates(children.directory());
    }

    Effects effects() {
        return new Effects(children.directory());
    }

    TopicContents topics() {
        return new TopicContents(namespace(), bootstrapServers(), kafka());
    }

    /** All workflows, as lists have them, by id. */
    Map<String, JsonNode> listed() {
        Map<String, JsonNode> listed = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = api().get("/workflows?limit=" + PAGE + cursor).expected();
            page.path("items")
                    .forEach(item -> listed.put(item.path("workflowId").asText(), item));
            cursor = page.has("nextCursor")
                    ? "&cursor=" + ApiProbe.inPath(page.path("nextCursor").asText())
                    : "";
        } while (!cursor.isEmpty());
        return listed;
    }

    /** Puts bytes on a topic, as anyone can. */
    void send(Topic topic, String key, byte[] value) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers(), "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(namespace().topic(topic), key, value));
            producer.flush();
        }
    }
}
