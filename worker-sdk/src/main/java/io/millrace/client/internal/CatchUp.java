package io.millrace.client.internal;

import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.StatusSink.Ending;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the log of statuses for one follower, from its place on until the tail reads everything for it, and pauses what the tail reads. */
final class CatchUp implements Runnable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** How long a listener may keep one of the few readers waiting before it counts as gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StatusTail tail;
    private final StatusFollower follower;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final List<TopicPartition> partitions;
    private final Deserializer<WorkflowState> reader;

    CatchUp(
            StatusTail tail,
            StatusFollower follower,
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<TopicPartition> partitions,
            Deserializer<WorkflowState> reader) {
        this.tail = tail;
        this.follower = follower;
        this.consumers = consumers;
        this.partitions = partitions;
        this.reader = reader;
    }

    @Override
    public void run() {
        if (follower.isOver()) {
            return;
        }
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(partitions);
            StatusPosition from = follower.position();
            partitions.forEach(partition -> consumer.seek(partition, from.next(partition.partition())));
            while (!follower.isOver() && !tail.goLive(follower)) {
                consumer.pause(partitions.stream()
                        .filter(partition -> tail.isLive(follower, partition.partition()))
                        .toList());
                readOn(consumer);
            }
        } catch (RuntimeException e) {
            tail.end(follower, Ending.UNREADABLE, e);
        }
    }

    private void readOn(Consumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (follower.isOver() || !take(new StatusRecord(record, reader))) {
                return;
            }
        }
        for (TopicPartition partition : partitions) {
            if (!tail.isLive(follower, partition.partition())) {
                moveOn(partition.partition(), consumer.position(partition));
            }
        }
    }

    private boolean take(StatusRecord record) {
        if (isLost(record.partition(), record.offset())) {
            return false;
        }
        StatusSink sink = follower.sink;
        if (record.isWantedBy(sink)) {
            StatusSink.Entry entry = record.entry(tail.placeBehind(follower, record.partition(), record.offset()));
            if (!sink.offer(entry, PATIENCE)) {
                tail.end(follower, Ending.NO_ROOM, null);
                return false;
            }
        }
        tail.onCaughtUpTo(follower, record.partition(), record.offset() + 1);
        return true;
    }

    private void moveOn(int partition, long position) {
        if (!isLost(partition, position)) {
            tail.onCaughtUpTo(follower, partition, position);
        }
    }

    private boolean isLost(int partition, long offset) {
        boolean isLost = tail.isPast(follower, partition, offset);
        if (isLost) {
            tail.end(follower, Ending.LOG_REPLACED, null);
        }
        return isLost;
    }
}
