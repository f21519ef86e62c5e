package io.millrace.engine.topology;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.runtime.StreamsSettings;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Credit;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Query;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology in the test driver, and the words in which tests talk to it. */
final class EngineUnderTest implements AutoCloseable {
    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    static final int RECOVERY_LIMIT = 3;

    private final LeaseTable leases = new LeaseTable();
    private final RecordSerdes serdes = RecordSerdes.from(Map.of());
    private final TopologyTestDriver driver;
    private final Path stateDir;
    private int commands;
    private long largestRead;

    EngineUnderTest() {
        this(EngineObserver.NONE);
    }

    EngineUnderTest(EngineObserver observer) {
        this(observer, Retention.FOREVER);
    }

    EngineUnderTest(EngineObserver observer, Retention retention) {
        try {
            stateDir = Files.createTempDirectory("engine-under-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EngineConfig config = EngineConfig.builder().stateDir(stateDir).build();
        driver = new TopologyTestDriver(
                EngineTopology.of(
                        new EngineTopology.Spec(Namespace.DEFAULT, 1, RECOVERY_LIMIT, retention),
                        serdes,
                        leases,
                        EngineEnvironment.production(Duration.ofMillis(25), observer)),
                StreamsSettings.streams(config),
                BEGINNING);
    }

    void advance(Duration duration) {
        driver.advanceWallClockTime(duration);
    }

    /** Lets a worker's lease run out, in the only way there is: by pulses of the engine. */
    void letLeasesRunOut() {
        for (long heard = 0; heard <= LeaseTable.DEFAULT_LEASE_MS; heard += LeaseTable.PULSE_MS) {
            leases.onPulse();
        }
        advance(Duration.ofSeconds(1));
    }

    void workerIsAlive(String workerId, String... types) {
        leases.onHeartbeat(workerId, Samples.heartbeat(types));
    }

    void workerLeaves(String workerId) {
        leases.onHeartbeat(workerId, Samples.lastHeartbeat());
        workerIsGone(workerId);
    }

    void workerIsGone(String workerId) {
        leases.onGoodbye(workerId);
        letLeasesRunOut();
    }

    /** A worker of some queues, and with credit. */
    void workerServes(String workerId, int free, String... queues) {
        leases.onHeartbeat(
                workerId,
                WorkerHeartbeat.newBuilder(Samples.heartbeat("demo"))
                        .setQueues(List.of(queues))
                        .build());
        credit(workerId, 0, free);
    }

    void credit(String workerId, long seen, int free) {
        events(workerId, new WorkerEvent(workerId, 0L, List.of(), new Credit(seen, free, false), null));
    }

    String start(String workflowId, Start start) {
        String commandId = "c" + ++commands;
        command(
                workflowId,
                Command.newBuilder()
                        .setCommandId(commandId)
                        .setIssuer("tester")
                        .setIssuedAtMs(0)
                        .setStart(start)
                        .build());
        return commandId;
    }

    void command(@Nullable String workflowId, Command command) {
        input(Topic.COMMANDS, Command.class).pipeInput(workflowId, command);
    }

    void report(String workflowId, String workerId, long epoch, WorkerFact... facts) {
        events(workflowId, new WorkerEvent(workerId, epoch, Arrays.asList(facts), null, null));
    }

    void events(String key, WorkerEvent event) {
        input(Topic.EVENTS, WorkerEvent.class).pipeInput(key, event);
    }

    <T extends SpecificRecord> void put(Topic topic, String key, T value) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) value.getClass();
        input(topic, type).pipeInput(key, value);
    }

    Answer ask(Query query) {
        put(Topic.QUERIES, "any", query);
        return output(Topic.ANSWERS, Answer.class).readValue();
    }

    void raw(Topic topic, @Nullable String key, byte[] value) {
        driver.createInputTopic(Namespace.DEFAULT.topic(topic), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    /** A record whose header is as large as its value. */
    void rawWithHeader(Topic topic, String key, byte[] value) {
        driver.createInputTopic(Namespace.DEFAULT.topic(topic), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders().add("h", value)));
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        Namespace.DEFAULT.topic(Topic.DEAD_LETTERS),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<String> deadLetterReasons() {
        return deadLetters().stream()
                .map(letter -> new String(
                        letter.headers().lastHeader("__streams.errors.message").value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The size of the largest record that was written so far, in bytes. */
    long largestRecord() {
        long unread = driver.producedTopicNames().stream()
                .flatMap(topic -> driver
                        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList()
                        .stream())
                .mapToLong(record -> size(record.key()) + size(record.value()))
                .max()
                .orElse(0);
        return Math.max(unread, largestRead);
    }

    private static long size(byte @Nullable [] part) {
        return part == null ? 0 : part.length;
    }

    /** All rows that are stored, by the first byte of their key. */
    Map<Character, Integer> rows() {
        Map<Character, Integer> rows = new TreeMap<>();
        KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(PartitionStores.NAME);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(row -> rows.merge((char) row.key.get()[0], 1, Integer::sum));
        }
        return rows;
    }

    /** Keys of commands that the engine has deleted. */
    List<String> deletedCommands() {
        return output(Topic.COMMANDS, Command.class).readKeyValuesToList().stream()
                .filter(read -> read.value == null)
                .map(read -> read.key)
                .toList();
    }

    List<InboxMessage> inboxOf(String workerId) {
        return output(Topic.INBOX, InboxMessage.class).readKeyValuesToList().stream()
                .filter(message -> message.key.equals(workerId))
                .map(message -> message.value)
                .toList();
    }

    /** Everything that workflows have told each other since the last time; the driver has delivered it already. */
    List<KeyValue<String, Transfer>> transfers() {
        return output(Topic.TRANSFERS, Transfer.class).readKeyValuesToList();
    }

    /** A worker with slots that it has not offered yet. */
    void workerTakes(String workerId, int free) {
        workerIsAlive(workerId, "demo");
        credit(workerId, 0, free);
    }

    List<CommandReply> replies() {
        return output(Topic.REPLIES, CommandReply.class).readValuesToList();
    }

    List<HistoryEntry> history() {
        return output(Topic.HISTORY, HistoryEntry.class).readValuesToList();
    }

    List<KeyValue<String, WorkflowState>> statuses() {
        return output(Topic.STATUS, WorkflowState.class).readKeyValuesToList();
    }

    WorkflowState lastStatus() {
        List<KeyValue<String, WorkflowState>> statuses = statuses();
        return statuses.get(statuses.size() - 1).value;
    }

    static WorkerFact stepCompleted(int seq, String output) {
        WorkerFact fact = new WorkerFact();
        fact.setStepCompleted(StepCompleted.newBuilder()
                .setSeq(seq)
                .setName("step-" + seq)
                .setOutput(Samples.json(output))
                .setStartedAtMs(1)
                .setCompletedAtMs(2)
                .build());
        return fact;
    }

    static WorkerFact completed(int steps) {
        WorkerFact fact = new WorkerFact();
        fact.setWorkflowCompleted(new WorkflowCompleted(Samples.json("\"done\""), steps));
        return fact;
    }

    private <T extends SpecificRecord> TestInputTopic<String, T> input(Topic topic, Class<T> type) {
        return driver.createInputTopic(Namespace.DEFAULT.topic(topic), new StringSerializer(), serdes.serializer(type));
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(Topic topic, Class<T> type) {
        Deserializer<T> deserializer = serdes.deserializer(type);
        return driver.createOutputTopic(Namespace.DEFAULT.topic(topic), new StringDeserializer(), (name, bytes) -> {
            largestRead = Math.max(largestRead, size(bytes));
            return bytes == null ? null : deserializer.deserialize(name, bytes);
        });
    }

    @Override
    public void close() {
        driver.close();
    }
}
