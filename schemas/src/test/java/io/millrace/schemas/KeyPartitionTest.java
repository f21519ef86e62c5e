package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class KeyPartitionTest {
    @Test
    void shouldBeWhereKafkasOwnProducerPutsTheKey() {
        for (String key : new String[] {"", "a", "order-17", "Auftrag-ü-17", "x".repeat(256)}) {
            for (int partitions = 1; partitions <= 64; partitions++) {
                byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
                assertEquals(
                        BuiltInPartitioner.partitionForKey(bytes, partitions), KeyPartition.of(key, partitions), key);
            }
        }
    }

    @Test
    void shouldNeverMoveAKey() {
        assertEquals(9, KeyPartition.of("order-17", 12), "workflows of this id are there already");
    }
}
