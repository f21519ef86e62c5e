package io.millrace.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.store.PartitionStores;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("millrace.engine-state-changelog", 0);
    private static final TopicPartition QUEUES = new TopicPartition("millrace.queues", 0);

    private final RestoreProgress progress = new RestoreProgress(EngineObserver.NONE);

    @Test
    void shouldCountDownToTheEnd() {
        progress.onRestoreStart(CHANGELOG, PartitionStores.NAME, 10, 110);
        assertEquals(Map.of(0, 100L), progress.left());
        progress.onBatchRestored(CHANGELOG, PartitionStores.NAME, 59, 50);
        assertEquals(Map.of(0, 50L), progress.left());
        progress.onRestoreEnd(CHANGELOG, PartitionStores.NAME, 100);
        assertEquals(Map.of(), progress.left());
    }

    @Test
    void shouldNotTakeTheTableOfQueuesForAPartition() {
        progress.onRestoreStart(QUEUES, "queues", 0, 7);
        assertEquals(Map.of(), progress.left());

        progress.onRestoreStart(CHANGELOG, PartitionStores.NAME, 0, 100);
        progress.onBatchRestored(QUEUES, "queues", 6, 7);
        progress.onRestoreEnd(QUEUES, "queues", 7);
        assertEquals(Map.of(0, 100L), progress.left());
    }

    @Test
    void shouldForgetARestorationThatFailedOnceTheInstanceRuns() {
        progress.onRestoreStart(CHANGELOG, PartitionStores.NAME, 0, 100);
        progress.onChange(KafkaStreams.State.REBALANCING, KafkaStreams.State.RUNNING);
        assertEquals(Map.of(0, 100L), progress.left());
        progress.onChange(KafkaStreams.State.RUNNING, KafkaStreams.State.REBALANCING);
        assertEquals(Map.of(), progress.left());
    }
}
