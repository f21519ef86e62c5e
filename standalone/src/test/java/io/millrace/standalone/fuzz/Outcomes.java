package io.millrace.standalone.fuzz;

import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import io.millrace.standalone.fuzz.SentRecords.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** What became of records, read from the dead letters and the replies, as they come. */
final class Outcomes implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String HEADER = "__streams.errors.";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<CommandReply> replies =
            RecordSerdes.from(Map.of()).deserializer(CommandReply.class);
    private final Map<String, Topic> inputs = new HashMap<>();
    private final Map<Place, String> letters = new HashMap<>();
    private final List<Place> twice = new ArrayList<>();
    private final Set<Place> ofHostileWorkflows = new HashSet<>();
    private final Map<String, Integer> answers = new HashMap<>();

    Outcomes(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ISOLATION_LEVEL_CONFIG, "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : List.of(Topic.DEAD_LETTERS, Topic.REPLIES)) {
            consumer.partitionsFor(name(topic))
                    .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        for (Topic topic : Topic.values()) {
            inputs.put(name(topic), topic);
        }
    }

    static String name(Topic topic) {
        return FuzzServer.NAMESPACE.topic(topic);
    }

    /** Reads all that is there now. */
    void read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(name(Topic.DEAD_LETTERS))) {
            takeLetter(record);
        } else {
            takeReply(record);
        }
    }

    private void takeLetter(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = letter.headers();
        Place place = new Place(
                Objects.requireNonNull(inputs.get(text(headers, "topic"))),
                Integer.parseInt(text(headers, "partition")),
                Long.parseLong(text(headers, "offset")));
        if (letters.put(place, text(headers, "message")) != null) {
            twice.add(place);
        }
        if (letter.key() != null && new String(letter.key(), StandardCharsets.UTF_8).startsWith(HostileNames.PREFIX)) {
            ofHostileWorkflows.add(place);
        }
    }

    private static String text(Headers headers, String name) {
        for (String key : List.of(HEADER + name, HEADER + "exception." + name)) {
            if (headers.lastHeader(key) != null) {
                return new String(headers.lastHeader(key).value(), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("a dead letter without " + HEADER + name + ": " + headers);
    }

    /** Hostile replies are among them. */
    private void takeReply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                String commandId =
                        replies.deserialize(record.topic(), record.value()).getCommandId();
                answers.merge(commandId, 1, Integer::sum);
            }
        } catch (SerializationException e) {
            // Not the engine's.
        }
    }

    /** The dead letters so far, by what they are of; with the reason. */
    Map<Place, String> letters() {
        return letters;
    }

    /** Which of them are about hostile workflows: a worker that was granted one by bad input reports what it did, and where it was told to. */
    Set<Place> ofHostileWorkflows() {
        return ofHostileWorkflows;
    }

    /** Of which records there are several. */
    List<Place> twice() {
        return twice;
    }

    /** How often each command was answered so far. */
    Map<String, Integer> answers() {
        return answers;
    }

    /** How many dead letters there are for each reason, but for what differs in it. */
    Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        letters.values()
                .forEach(reason -> reasons.merge(
                        reason.replaceAll("fingerprint \\w+", "fingerprint N")
                                .replaceAll("-?\\d[\\d,]*", "N")
                                .replaceAll("0x\\w+", "0xN"),
                        1,
                        Integer::sum));
        return reasons;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
