package io.millrace.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a key is on: what the default partitioner of Kafka's Java client does with a string key (murmur2 of its UTF-8
 * bytes, its sign cleared, modulo the partitions). Clients, workers and engine must agree on it for ever, so it is written once.
 */
public final class KeyPartition {
    private KeyPartition() {}

    /**
     * The partition of a key.
     *
     * @param partitions how many the topic has, at least 1
     */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
