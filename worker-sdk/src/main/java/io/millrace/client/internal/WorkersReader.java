package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.MillraceException;
import io.millrace.client.SeenWorker;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.serde.RecordSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the workers topic into a directory, from its beginning, from when somebody first asks for it until it is closed. Thread-safe. */
final class WorkersReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkersReader.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AFTER_ERROR = Duration.ofMillis(500);

    private final TopicPartition partition;
    private final Deserializer<Heartbeat> reader;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final WorkerDirectory directory = new WorkerDirectory();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException lastError;

    WorkersReader(String topic, RecordSerdes serdes, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.partition = new TopicPartition(topic, 0);
        this.reader = serdes.deserializer(Heartbeat.class);
        this.consumers = consumers;
    }

    /** All workers, once what was on the topic before has been read. */
    CompletableFuture<List<SeenWorker>> all() {
        begin();
        return caughtUp.thenApply(read -> directory.all());
    }

    /** That they could not be read in time. */
    EngineUnavailableException unread(Duration timeout) {
        return new EngineUnavailableException(
                "topic \"" + partition.topic() + "\" could not be read within " + timeout
                        + ": check that Kafka runs and lets this client read it",
                lastError);
    }

    private synchronized void begin() {
        if (closed) {
            throw new MillraceException("the client was closed");
        }
        if (consumer == null) {
            Consumer<byte[], byte[]> made = consumers.get();
            consumer = made;
            Thread thread = new Thread(() -> run(made), "millrace-client-workers");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(Consumer<byte[], byte[]> consumer) {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (!closed) {
                readOn(consumer);
            }
        } catch (RuntimeException e) {
            LOG.warn("the reader of the workers has ended: {}", e.toString());
        }
    }

    private void readOn(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.poll(POLL).forEach(this::take);
            if (!caughtUp.isDone() && isAtEnd(consumer)) {
                directory.onCaughtUp();
                caughtUp.complete(null);
            }
            lastError = null;
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.warn("cannot read the workers from Kafka, trying again: {}", e.toString());
                lastError = e;
                LockSupport.parkNanos(AFTER_ERROR.toNanos());
            }
        }
    }

    /** Looked up anew each time: the topic grows by a few records a second only, and those are read in one poll. */
    private boolean isAtEnd(Consumer<byte[], byte[]> consumer) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        return consumer.position(partition) >= end;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            directory.onRecord(
                    new String(record.key(), StandardCharsets.UTF_8),
                    record.value() == null ? null : reader.deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            LOG.warn("skipping a heartbeat that cannot be read, at {} offset {}", partition, record.offset(), e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (consumer != null) {
                consumer.wakeup();
            }
        }
        caughtUp.completeExceptionally(new MillraceException("the client was closed"));
    }
}
