package io.millrace.benchmarks.cluster;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Reads a topic on a thread of its own until it is closed. */
public final class ReaderThread implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<ConsumerRecord<String, byte[]>> each;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable RuntimeException failure;

    public ReaderThread(
            String name, KafkaConsumer<String, byte[]> consumer, Consumer<ConsumerRecord<String, byte[]>> each) {
        this.consumer = consumer;
        this.each = each;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Throws where it could not go on: nothing would ever be counted again. */
    public void requireAlive() {
        RuntimeException error = failure;
        if (error != null) {
            throw new IllegalStateException(thread.getName() + " cannot read any more: " + error, error);
        }
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(each);
            }
        } catch (WakeupException woken) {
            // To stop.
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
