package io.millrace.engine.runtime;

import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.store.PartitionStores;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Which partitions are being restored from Kafka, and how much is still to come. The table of queues, which each instance has all of, is no
 * partition and is left out. Thread-safe.
 */
public final class RestoreProgress implements StateRestoreListener, KafkaStreams.StateListener {
    private final EngineObserver observer;
    private final Map<Integer, Restoring> restoring = new ConcurrentSkipListMap<>();

    private record Restoring(long endOffset, long left) {}

    /** Nothing is restored yet. */
    public RestoreProgress(EngineObserver observer) {
        this.observer = observer;
    }

    /** How many records each partition that is being restored still has to read, about: the markers of transactions count as well. */
    public SortedMap<Integer, Long> left() {
        SortedMap<Integer, Long> left = new TreeMap<>();
        restoring.forEach((partition, progress) -> left.put(partition, progress.left));
        return left;
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
        if (!store.equals(PartitionStores.NAME)) {
            return;
        }
        long left = Math.max(0, endingOffset - startingOffset);
        restoring.put(changelog.partition(), new Restoring(endingOffset, left));
        observer.restored(changelog.partition(), 0, left);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long records) {
        if (!store.equals(PartitionStores.NAME)) {
            return;
        }
        Restoring now = restoring.computeIfPresent(
                changelog.partition(),
                (partition, before) ->
                        new Restoring(before.endOffset, Math.max(0, before.endOffset - batchEndOffset - 1)));
        if (now != null) {
            observer.restored(changelog.partition(), records, now.left);
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        forget(changelog, store);
    }

    /** The partition has gone to another instance before it was restored. */
    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        forget(changelog, store);
    }

    /**
     * An instance that runs has restored all that it has. What is still noted then was not told of its end: its restoration failed, and the
     * partition went to another instance.
     */
    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        if (now == KafkaStreams.State.RUNNING) {
            restoring.clear();
        }
    }

    private void forget(TopicPartition changelog, String store) {
        if (store.equals(PartitionStores.NAME)) {
            restoring.remove(changelog.partition());
        }
    }
}
