package io.millrace.client.internal;

import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.StatusSink.Ending;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of statuses for one follower, from its place on until the tail reads everything for it, and pauses what the tail reads. It
 * takes turns with others: where the follower's sink has no room for longer, it goes to the back of their queue, and reads on from there.
 */
final class CatchUp implements Runnable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** How long one of the few readers waits for a listener in all before another one has its turn. */
    private static final Duration PATIENCE_EACH_TURN = Duration.ofSeconds(1);

    /** How long a listener may take nothing before it counts as gone. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StatusTail tail;
    private final StatusFollower follower;
    private final Source source;
    private final Executor turns;
    private final LongSupplier nanos;
    private @Nullable Long tookAtNanos;
    private long patienceNanos;
    private boolean isItsTurn;

    /** What all read. */
    record Source(
            Supplier<Consumer<byte[], byte[]>> consumers,
            List<TopicPartition> partitions,
            Deserializer<WorkflowState> reader) {}

    /**
     * One that has not begun yet.
     *
     * @param turns where it is to run, and goes on running when it has had to wait
     * @param nanos the time, as {@link System#nanoTime}
     */
    CatchUp(StatusTail tail, StatusFollower follower, Source source, Executor turns, LongSupplier nanos) {
        this.tail = tail;
        this.follower = follower;
        this.source = source;
        this.turns = turns;
        this.nanos = nanos;
    }

    @Override
    public void run() {
        if (follower.isOver()) {
            return;
        }
        isItsTurn = true;
        patienceNanos = PATIENCE_EACH_TURN.toNanos();
        if (tookAtNanos == null) {
            tookAtNanos = nanos.getAsLong();
        }
        try {
            read();
            if (!isItsTurn) {
                turns.execute(this);
            }
        } catch (RejectedExecutionException tooManyWait) {
            tail.end(follower, Ending.NO_ROOM, tooManyWait);
        } catch (RuntimeException e) {
            tail.end(follower, Ending.UNREADABLE, e);
        }
    }

    private void read() {
        try (Consumer<byte[], byte[]> consumer = source.consumers().get()) {
            consumer.assign(source.partitions());
            StatusPosition from = follower.position();
            source.partitions().forEach(partition -> consumer.seek(partition, from.next(partition.partition())));
            while (isItsTurn && !follower.isOver() && !tail.goLive(follower)) {
                consumer.pause(source.partitions().stream()
                        .filter(partition -> tail.isLive(follower, partition.partition()))
                        .toList());
                readOn(consumer);
            }
        }
    }

    private void readOn(Consumer<byte[], byte[]> consumer) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (follower.isOver() || !take(new StatusRecord(record, source.reader()))) {
                return;
            }
        }
        for (TopicPartition partition : source.partitions()) {
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
            if (!offer(entry)) {
                return false;
            }
        }
        tail.onCaughtUpTo(follower, record.partition(), record.offset() + 1);
        return true;
    }

    /** Gives the turn away if there is no room, or ends where there was none for too long. */
    private boolean offer(StatusSink.Entry entry) {
        long before = nanos.getAsLong();
        boolean taken = follower.sink.offer(entry, Duration.ofNanos(Math.max(0, patienceNanos)));
        long now = nanos.getAsLong();
        patienceNanos -= now - before;
        if (taken) {
            tookAtNanos = now;
        } else {
            isItsTurn = false;
            if (tookAtNanos == null || now - tookAtNanos > PATIENCE.toNanos()) {
                tail.end(follower, Ending.NO_ROOM, null);
            }
        }
        return taken;
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
