package io.millrace.standalone.fuzz;

import io.millrace.schemas.Limits;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** The hostile records of a seed. Number n is the same each time but for the times in it, which are about now. */
final class HostileRecords {
    /** Commands and events most often, which anyone writes. */
    private static final List<Topic> TOPICS = List.of(
            Topic.COMMANDS,
            Topic.COMMANDS,
            Topic.COMMANDS,
            Topic.EVENTS,
            Topic.EVENTS,
            Topic.EVENTS,
            Topic.TRANSFERS,
            Topic.TRANSFERS,
            Topic.QUERIES,
            Topic.WORKERS,
            Topic.QUEUES,
            Topic.INBOX,
            Topic.STATUS,
            Topic.HISTORY,
            Topic.REPLIES,
            Topic.ANSWERS);

    private static final double[] BOLDNESS = {0, 0.02, 0.05, 0.3};

    /** One of so many is about as large as a record can be. */
    private static final int ONE_IS_HUGE = 2_000;

    /** Brokers take no larger ones, with a key and headers beside. */
    private static final int LARGEST = Limits.MAX_RECORD_BYTES - 16 * 1024;

    private static final Map<Schema, BinaryMessageEncoder<GenericRecord>> ENCODERS = new ConcurrentHashMap<>();

    private final long seed;
    private final Targets targets;

    /**
     * What is aimed at by name.
     *
     * @param workerId of a worker that is alive: its inbox is written to
     * @param workflowIds of workflows that are running in another worker: events of strangers and of wrong epochs name them
     */
    record Targets(String workerId, List<String> workflowIds) {}

    HostileRecords(long seed, Targets targets) {
        this.seed = seed;
        this.targets = targets;
    }

    HostileRecord make(long number) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L);
        Topic topic = TOPICS.get(random.nextInt(TOPICS.size()));
        return switch (random.nextInt(14)) {
            case 0 -> record(number, topic, "no record at all", keyOf(topic, random), noise(random), random);
            case 1 -> record(number, topic, "a tombstone", keyOf(topic, random), null, random);
            case 2 -> record(number, topic, "no key", noKey(topic, random), usual(topic, number, random), random);
            case 3 -> record(number, topic, "an odd key", oddKey(random), usual(topic, number, random), random);
            case 4 -> record(number, topic, "of the future", keyOf(topic, random), future(topic, random), random);
            case 5 -> record(number, topic, "of another topic", keyOf(topic, random), foreign(topic, random), random);
            case 6, 7, 8 ->
                record(number, topic, "changed bytes", keyOf(topic, random), changed(topic, number, random), random);
            case 9 -> aimed(number, random);
            default -> record(number, topic, "a record", keyOf(topic, random), usual(topic, number, random), random);
        };
    }

    private static HostileRecord record(
            long number, Topic topic, String kind, byte @Nullable [] key, byte @Nullable [] value, Random random) {
        // A key leads to one partition; who names another one writes where nobody looks for it.
        Integer partition = random.nextInt(10) == 0 && topic.partitioning() == Topic.Partitioning.BY_WORKFLOW
                ? Integer.valueOf(random.nextInt(FuzzServer.PARTITIONS))
                : null;
        byte[] fitting = value == null || value.length <= LARGEST ? value : Arrays.copyOf(value, LARGEST);
        return new HostileRecord(number, topic, kind, key, fitting, partition, time(random), random.nextInt(10) == 0);
    }

    /** An hour ahead is the most that brokers take by default; Kafka's producer itself refuses times below zero. */
    private static @Nullable Long time(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> 0L;
            case 1 -> 1L;
            case 2 -> System.currentTimeMillis() + 50 * 60_000L;
            case 3 -> System.currentTimeMillis() - random.nextInt(1_000_000_000);
            default -> null;
        };
    }

    /** A fact about a workflow that runs, by somebody who does not own it, or under an epoch that is not its own. */
    private HostileRecord aimed(long number, Random random) {
        String workflowId =
                targets.workflowIds().get(random.nextInt(targets.workflowIds().size()));
        GenericRecord event = any(random).of(Topic.EVENTS.schema());
        event.put("workerId", HostileNames.worker(random));
        event.put("epoch", random.nextInt(3) == 0 ? -random.nextLong(1_000) : random.nextLong(1_000));
        event.put("begun", null);
        return record(number, Topic.EVENTS, "a stranger's event", utf8(workflowId), encode(event), random);
    }

    private byte[] keyOf(Topic topic, Random random) {
        return utf8(
                switch (topic) {
                    case INBOX -> targets.workerId();
                    case WORKERS -> HostileNames.worker(random);
                    case QUEUES -> HostileNames.queue(random);
                    case COMMANDS, TRANSFERS ->
                        random.nextInt(4) == 0 ? HostileNames.queue(random) : HostileNames.workflow(random);
                    default -> HostileNames.workflow(random);
                });
    }

    /** Brokers take no record without a key on a compacted topic. */
    private static byte @Nullable [] noKey(Topic topic, Random random) {
        return topic.settings().get("cleanup.policy").equals("compact") ? oddKey(random) : null;
    }

    private static byte[] oddKey(Random random) {
        return random.nextBoolean() ? utf8(HostileNames.impossible(random)) : noise(random);
    }

    private static AnyRecord any(Random random) {
        return new AnyRecord(random, BOLDNESS[random.nextInt(BOLDNESS.length)]);
    }

    /** As an own program would write it, or a bold one. */
    private static byte[] usual(Topic topic, long number, Random random) {
        GenericRecord record = any(random).of(topic.schema());
        if (topic == Topic.COMMANDS) {
            // By it the answers are counted. Now and then a command comes twice.
            record.put("commandId", "f-" + (random.nextInt(50) == 0 ? Math.max(0, number - 1_000) : number));
        }
        byte[] encoded = encode(record);
        return random.nextInt(ONE_IS_HUGE) == 0 ? Arrays.copyOf(encoded, LARGEST - random.nextInt(90_000)) : encoded;
    }

    private static byte[] future(Topic topic, Random random) {
        return encode(any(random).of(FutureSchemas.of(topic.schema())));
    }

    private static byte[] foreign(Topic topic, Random random) {
        Topic other = TOPICS.get(random.nextInt(TOPICS.size()));
        return encode(any(random).of((other == topic ? Topic.STATUS : other).schema()));
    }

    private static byte[] changed(Topic topic, long number, Random random) {
        byte[] bytes = usual(topic, number, random);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            // Seldom the header: a changed fingerprint is soon told.
            int low = random.nextInt(8) == 0 ? 0 : Math.min(10, bytes.length - 1);
            int at = low + random.nextInt(bytes.length - low);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 9), (byte) 0xff);
                case 3 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 4 -> bytes[0] = (byte) random.nextInt(2); // another framing: a registry's, or none
                default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(4));
            }
        }
        return bytes;
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encode(GenericRecord record) {
        // Making one works out the schema's fingerprint, which takes longer than all else here.
        BinaryMessageEncoder<GenericRecord> encoder = ENCODERS.computeIfAbsent(
                record.getSchema(), schema -> new BinaryMessageEncoder<>(GenericData.get(), schema));
        try {
            return encoder.encode(record).array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
