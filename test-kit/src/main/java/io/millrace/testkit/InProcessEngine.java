package io.millrace.testkit;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.runtime.StreamsSettings;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.TimerStore;
import io.millrace.engine.topology.EngineEnvironment;
import io.millrace.engine.topology.EngineTopology;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The engine's topology in Kafka's test driver: one partition, its state in memory. Each record is taken in full within the call that
 * brings it, and what the engine says is there when the call returns.
 */
final class InProcessEngine implements AutoCloseable {
    /** Punctuations are counted from the beginning, so with this, timers fire exactly when they are due. */
    private static final Duration TICK = Duration.ofMillis(1);

    private final VirtualClock clock;
    private final RecordSerdes serdes = RecordSerdes.from(Map.of());
    private final StateDirectory stateDirectory = StateDirectory.create();
    private final EngineLeases leases = new EngineLeases();
    private final TopologyTestDriver driver;
    private final TimerStore timers;
    private final TestInputTopic<String, Command> commands;
    private final TestInputTopic<String, WorkerEvent> events;
    private final TestInputTopic<String, Query> queries;
    private final TestOutputTopic<String, CommandReply> replies;
    private final TestOutputTopic<String, Answer> answers;
    private final TestOutputTopic<String, InboxMessage> inbox;
    private final TestOutputTopic<String, HistoryEntry> history;
    private final TestOutputTopic<byte[], byte[]> statuses;
    private final TestOutputTopic<byte[], byte[]> transfers;
    private final Map<String, List<HistoryEntry>> histories = new LinkedHashMap<>();
    private long drivenToMs;

    InProcessEngine(VirtualClock clock, int recoveryLimit) {
        this.clock = clock;
        this.drivenToMs = clock.millis();
        var topology = EngineTopology.of(
                // A test looks at what has ended, whatever time it lets pass.
                new EngineTopology.Spec(Namespace.DEFAULT, 1, recoveryLimit, Retention.FOREVER),
                serdes,
                leases.workers(),
                EngineEnvironment.inMemory(TICK));
        EngineConfig config =
                EngineConfig.builder().stateDir(stateDirectory.path()).build();
        driver = new TopologyTestDriver(topology, StreamsSettings.streams(config), clock.instant());
        timers = new PartitionStores(driver.getKeyValueStore(PartitionStores.NAME)).timers();
        commands = input(Topic.COMMANDS, Command.class);
        events = input(Topic.EVENTS, WorkerEvent.class);
        queries = input(Topic.QUERIES, Query.class);
        replies = output(Topic.REPLIES, CommandReply.class);
        answers = output(Topic.ANSWERS, Answer.class);
        inbox = output(Topic.INBOX, InboxMessage.class);
        history = output(Topic.HISTORY, HistoryEntry.class);
        statuses = unread(Topic.STATUS);
        transfers = unread(Topic.TRANSFERS);
    }

    private TestOutputTopic<byte[], byte[]> unread(Topic topic) {
        return driver.createOutputTopic(
                Namespace.DEFAULT.topic(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private <T extends SpecificRecord> TestInputTopic<String, T> input(Topic topic, Class<T> type) {
        return driver.createInputTopic(Namespace.DEFAULT.topic(topic), new StringSerializer(), serdes.serializer(type));
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic, Class<T> type) {
        return driver.createOutputTopic(
                Namespace.DEFAULT.topic(topic), new StringDeserializer(), serdes.deserializer(type));
    }

    CommandReply decide(String workflowId, Command command) {
        commands.pipeInput(workflowId, command, clock.millis());
        checkDeadLetters();
        return replies.readValue();
    }

    /** A command whose answer nobody waits for. */
    void takeUnanswered(String key, Command command) {
        commands.pipeInput(key, command, clock.millis());
        checkDeadLetters();
        // Else the next to ask would take it for its own.
        replies.readValuesToList();
    }

    Answer answer(Query query) {
        queries.pipeInput(query.getQueryId(), query, 0);
        checkDeadLetters();
        return answers.readValue();
    }

    void take(String key, WorkerEvent event) {
        events.pipeInput(key, event, clock.millis());
        checkDeadLetters();
    }

    /** Null is a tombstone. */
    void take(String workerId, @Nullable Heartbeat heartbeat) {
        // Through the wire format and back: the sender goes on changing its record.
        String topic = Namespace.DEFAULT.topic(Topic.WORKERS);
        Heartbeat received = serdes.deserializer(Heartbeat.class)
                .deserialize(topic, serdes.serializer(Heartbeat.class).serialize(topic, heartbeat));
        leases.onHeartbeat(workerId, received == null ? null : received.getWorker());
    }

    void onWorkerDeath(String workerId) {
        leases.onDeath(workerId, clock.millis());
    }

    /** Whether the engine has not noticed yet that this worker is dead. */
    boolean isMissing(String workerId) {
        return leases.isRunningOut(workerId);
    }

    /** When the engine next does something by itself; later than now. */
    long nextEventAtMs() {
        // A timer that is still there at its time is one of more than the engine takes in one tick.
        long nextTimer = Math.max(clock.millis() + 1, timers.nextDueAtMs().orElse(Long.MAX_VALUE));
        return Math.min(nextTimer, leases.nextPulseAtMs());
    }

    /** Does what is to be done at the time that it is now. */
    void catchUp() {
        leases.pulseIfDue(clock.millis());
        long behindMs = clock.millis() - drivenToMs;
        if (behindMs > 0) {
            drivenToMs += behindMs;
            driver.advanceWallClockTime(Duration.ofMillis(behindMs));
            checkDeadLetters();
        }
    }

    /** What was said to workers since this was last asked, in order. */
    List<KeyValue<String, InboxMessage>> takeInbox() {
        // Nobody in the kit reads these topics, and transfers are with the engine already; the driver would keep them
        // for ever.
        statuses.readRecordsToList();
        transfers.readRecordsToList();
        return inbox.readKeyValuesToList();
    }

    /** Of all workflows, in the order in which they were started. */
    Map<String, List<HistoryEntry>> histories() {
        for (KeyValue<String, HistoryEntry> entry : history.readKeyValuesToList()) {
            histories
                    .computeIfAbsent(entry.key, workflowId -> new ArrayList<>())
                    .add(entry.value);
        }
        return histories;
    }

    /** Nothing that client and worker send is ever put aside, unless there is a defect in one of them. */
    private void checkDeadLetters() {
        String topic = Namespace.DEFAULT.topic(Topic.DEAD_LETTERS);
        if (!driver.producedTopicNames().contains(topic)) {
            return;
        }
        TestOutputTopic<byte[], byte[]> letters =
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        if (!letters.isEmpty()) {
            throw new IllegalStateException("the engine has put a record aside: " + reason(letters.readRecord()));
        }
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        return StreamSupport.stream(letter.headers().spliterator(), false)
                .filter(header -> header.key().endsWith("message"))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("; "));
    }

    @Override
    public void close() {
        try {
            driver.close();
        } finally {
            stateDirectory.delete();
        }
    }
}
