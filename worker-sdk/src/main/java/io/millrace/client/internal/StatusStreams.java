package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.StatusFollowing;
import io.millrace.client.StatusPosition;
import io.millrace.client.StatusSink;
import io.millrace.client.UnknownPositionException;
import io.millrace.schemas.Topic;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the log of statuses for whoever asks: at its tail, and from older places on by readers that catch up with it. Thread-safe. */
final class StatusStreams implements AutoCloseable {
    /** How many catch up at once; others wait for their turn. Each reads as fast as the brokers give, and has a connection to them. */
    private static final int CATCH_UP_READERS = 4;

    /**
     * How many wait for their turn: as many as one API server has streams, all of which resume when it has restarted. The last of more would
     * wait for minutes if the others are slow, each of which may keep a reader waiting for a second.
     */
    private static final int MAX_WAITING_FOR_A_READER = 200;

    private static final Duration KEEP_IDLE_READERS = Duration.ofSeconds(10);

    private final StatusTail tail;
    private final StatusLog log;
    private final List<TopicPartition> partitions;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RecordSerdes serdes;
    private final ThreadPoolExecutor catchUps = new ThreadPoolExecutor(
            CATCH_UP_READERS,
            CATCH_UP_READERS,
            KEEP_IDLE_READERS.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_FOR_A_READER),
            task -> {
                Thread thread = new Thread(task, "millrace-client-catch-up");
                thread.setDaemon(true);
                return thread;
            });

    StatusStreams(StatusTail tail, ClientTopics topics, Map<String, Object> kafka, String clientId) {
        String topic = topics.name(Topic.STATUS);
        this.tail = tail;
        this.log = new StatusLog(topic, () -> Admin.create(ClientConfigs.admin(kafka, clientId)));
        this.partitions = topics.statusPartitions();
        this.consumers = () -> new KafkaConsumer<>(
                ClientConfigs.consumer(kafka, clientId + "-catch-up"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.serdes = RecordSerdes.from(kafka);
        catchUps.allowCoreThreadTimeOut(true);
    }

    CompletableFuture<StatusFollowing> follow(Optional<StatusPosition> after, StatusSink sink, Duration timeout) {
        return log.describe(timeout)
                .thenCompose(topic -> after.map(place -> resume(place, topic, sink, timeout))
                        .orElseGet(() -> CompletableFuture.completedFuture(tail.join(topic.id(), null, sink))));
    }

    private CompletableFuture<StatusFollowing> resume(
            StatusPosition place, StatusLog.Description topic, StatusSink sink, Duration timeout) {
        if (!place.log().equals(topic.id()) || place.partitions() != topic.partitions()) {
            throw new UnknownPositionException(
                    "the position is of another log of statuses: of another cluster or namespace, or from before the topic was made anew");
        }
        return log.ends(topic.partitions(), timeout).thenApply(ends -> {
            checkWithin(place, ends);
            return catchUp(tail.join(topic.id(), place.next(), sink));
        });
    }

    private static void checkWithin(StatusPosition place, long[] ends) {
        for (int partition = 0; partition < ends.length; partition++) {
            if (place.next(partition) > ends[partition]) {
                throw new UnknownPositionException("the position is beyond the end of partition " + partition
                        + " of the log of statuses, which has lost what was there");
            }
        }
    }

    private StatusFollowing catchUp(StatusFollower follower) {
        if (!tail.goLive(follower)) {
            CatchUp.Source source = new CatchUp.Source(consumers, partitions, serdes.deserializer(WorkflowState.class));
            try {
                catchUps.execute(new CatchUp(tail, follower, source, catchUps, System::nanoTime));
            } catch (RejectedExecutionException full) {
                follower.close();
                throw new EngineUnavailableException(
                        MAX_WAITING_FOR_A_READER
                                + " subscriptions to status changes wait already to read what they have missed: try again later",
                        full);
            }
        }
        return follower;
    }

    @Override
    public void close() {
        tail.close();
        // Not interrupted: a consumer that is, closes with an error. Whom they read for is gone, so they end by
        // themselves.
        catchUps.shutdown();
        log.close();
    }
}
