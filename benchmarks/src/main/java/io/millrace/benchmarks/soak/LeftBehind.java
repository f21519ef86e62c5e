package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.cluster.Target;
import io.millrace.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is still there of workflows that were finished and should be gone: keys of compacted topics whose last record is not a tombstone. The
 * changelog of the engine's stores is among them, so it says what the stores hold.
 */
final class LeftBehind {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Settings of queues, the commands that set them, and what a partition notes of itself: of no workflow. */
    private static final char OF_NO_WORKFLOW = 's';

    private static final Set<String> QUEUES = Set.of(SoakWorkflows.QUEUE, SoakWorkflows.LIMITED_QUEUE);

    private final Target target;

    LeftBehind(Target target) {
        this.target = target;
    }

    /** How many keys there are, by topic, and by the kind of row where it is the changelog; only those that should be gone. */
    Map<String, Integer> count() {
        Map<String, Integer> left = new TreeMap<>();
        put(left, "status", read(target.topic(Topic.STATUS), key -> ' '));
        put(left, "commands", read(target.topic(Topic.COMMANDS), LeftBehind::kindOfCommand));
        String changelog = target.namespace().name() + ".engine-state-changelog";
        put(left, "stores", read(changelog, LeftBehind::kindOfRow));
        return left;
    }

    private static void put(Map<String, Integer> left, String where, Map<Character, Set<Long>> keys) {
        keys.forEach((kind, found) -> {
            if (!found.isEmpty() && kind != OF_NO_WORKFLOW) {
                left.put(kind == ' ' ? where : where + ", rows " + kind, found.size());
            }
        });
    }

    private static char kindOfCommand(byte[] key) {
        return QUEUES.contains(new String(key, StandardCharsets.UTF_8)) ? OF_NO_WORKFLOW : ' ';
    }

    /** Rows of what is to be purged begin with p, and so does one without a workflow's id: that all are there. */
    private static char kindOfRow(byte[] key) {
        return key[0] == 'p' && key[1] == 0 ? OF_NO_WORKFLOW : (char) key[0];
    }

    private interface KindOfKey {
        char of(byte[] key);
    }

    private Map<Character, Set<Long>> read(String topic, KindOfKey kinds) {
        Map<Character, Set<Long>> keys = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Set<Long> ofKind = keys.computeIfAbsent(kinds.of(record.key()), kind -> new HashSet<>());
                    if (record.value() == null) {
                        ofKind.remove(hash(record.key()));
                    } else {
                        ofKind.add(hash(record.key()));
                    }
                }
            }
        }
        return keys;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(target.kafka());
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers());
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** FNV-1a, 64 bits: of a few million keys no two are alike. */
    private static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : key) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
