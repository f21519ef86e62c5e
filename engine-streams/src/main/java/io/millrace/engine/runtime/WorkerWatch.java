package io.millrace.engine.runtime;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.schemas.EnginePulse;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.Leases;
import io.millrace.schemas.serde.RecordSerdes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the workers topic, from its beginning, into a {@link LeaseTable}, and writes this instance's pulse to it. One thread does both:
 * a pulse is sent only after the one before is acknowledged, and heard only behind what came before it, so that pulses never come
 * in a burst after a pause.
 */
public final class WorkerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** After how long without a pulse of its own the watch counts as deaf. */
    static final Duration DEAF_AFTER = Duration.ofSeconds(10);

    private final LeaseTable leases;
    private final String topic;
    private final String ownKey;
    private final EnginePulse ownPulse;
    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;
    private final Serializer<Heartbeat> serializer;
    private final Deserializer<Heartbeat> deserializer;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;
    private boolean pulseUnderWay;
    private long lastPulseNanos;
    private volatile long lastHeardNanos = System.nanoTime();
    private volatile long hearsSinceNanos = System.nanoTime();

    /** Names one engine instance. */
    public record Instance(String id, String host) {}

    /** A watch over a topic; it closes the clients it is given. */
    public WorkerWatch(LeaseTable leases, String topic, Instance instance, RecordSerdes serdes, Clients clients) {
        this.leases = leases;
        this.topic = topic;
        this.ownKey = Leases.ENGINE_KEY_PREFIX + instance.id();
        this.ownPulse = new EnginePulse(instance.host(), UUID.randomUUID().toString());
        this.consumer = clients.consumer();
        this.producer = clients.producer();
        this.serializer = serdes.serializer(Heartbeat.class);
        this.deserializer = serdes.deserializer(Heartbeat.class);
        this.thread = new Thread(this::run, "millrace-worker-watch");
        this.thread.setDaemon(true);
    }

    /** The Kafka clients of a watch. */
    public record Clients(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer) {}

    /**
     * Starts, and waits until all that is on the topic now has been read.
     *
     * @throws KafkaException if that takes longer than the timeout, or the thread is interrupted
     */
    public void start(Duration timeout) {
        thread.start();
        try {
            if (!caughtUp.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new KafkaException("could not read topic " + topic + " within " + timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while topic " + topic + " was read", e);
        }
    }

    /** Completed with the reason when its thread ends by itself, and an engine without it is deaf; not by being closed. */
    public CompletableFuture<String> ended() {
        return ended;
    }

    /** Whether its thread runs; one that has ended does not come back. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** How long it has not heard its own pulse, which goes to the broker and back: it hears no worker meanwhile either. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastHeardNanos);
    }

    /** For how long it has heard its pulses without being deaf in between. */
    public Duration hearing() {
        long now = System.nanoTime();
        return isDeaf(now) ? Duration.ZERO : Duration.ofNanos(now - hearsSinceNanos);
    }

    private boolean isDeaf(long nowNanos) {
        return nowNanos - lastHeardNanos >= DEAF_AFTER.toNanos();
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            watch();
        } catch (RuntimeException | Error e) {
            if (!closing) {
                // First: with no memory left, to log may fail as well.
                ended.complete("the watch of the workers on " + topic + " has ended: " + e);
                LOG.error("the watch of the workers has ended, so the engine ends", e);
            }
        }
    }

    private void watch() {
        try (consumer;
                producer) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (!closing) {
                round(partition, end);
            }
            forget(ownKey);
        }
    }

    /** Reads, and sends a pulse. Whatever fails is tried again: without the watch nothing is granted and no lease ends. */
    private void round(TopicPartition partition, long end) {
        try {
            consumer.poll(POLL).forEach(this::take);
            if (caughtUp.getCount() > 0 && consumer.position(partition) >= end) {
                caughtUp.countDown();
            }
            pulse();
        } catch (WakeupException e) {
            LOG.debug("woken up to close");
        } catch (RuntimeException e) {
            LOG.warn("watching the workers on {} fails and is tried again: {}", topic, e.toString());
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        if (key == null) {
            LOG.warn("{}@{} has no key and is ignored", topic, record.offset());
            return;
        }
        try {
            take(key, record.value() == null ? null : deserializer.deserialize(topic, record.value()));
        } catch (SerializationException e) {
            LOG.warn("{}@{} cannot be read and is ignored: {}", topic, record.offset(), e.getMessage());
        }
    }

    private void take(String key, @Nullable Heartbeat heartbeat) {
        if (key.startsWith(Leases.ENGINE_KEY_PREFIX)) {
            boolean own = heartbeat != null && ownPulse.equals(heartbeat.getEngine());
            if (own) {
                heard(System.nanoTime());
                leases.onPulse().forEach(this::forget);
            }
        } else if (heartbeat == null) {
            leases.onGoodbye(key);
        } else if (heartbeat.getWorker() != null) {
            leases.onHeartbeat(key, heartbeat.getWorker());
        }
    }

    private void heard(long nowNanos) {
        if (isDeaf(nowNanos)) {
            hearsSinceNanos = nowNanos;
        }
        lastHeardNanos = nowNanos;
    }

    /** Lets the topic's compaction drop what is known of somebody who is gone. */
    private void forget(String key) {
        producer.send(new ProducerRecord<>(topic, key, null));
    }

    private synchronized void pulse() {
        long now = System.nanoTime();
        boolean due = now - lastPulseNanos >= TimeUnit.MILLISECONDS.toNanos(LeaseTable.PULSE_MS);
        if (pulseUnderWay || !due) {
            return;
        }
        lastPulseNanos = now;
        Heartbeat heartbeat = new Heartbeat(System.currentTimeMillis(), null, ownPulse);
        byte[] pulse = serializer.serialize(topic, heartbeat);
        pulseUnderWay = true;
        producer.send(new ProducerRecord<>(topic, ownKey, pulse), (sent, failed) -> {
            synchronized (this) {
                pulseUnderWay = false;
            }
        });
    }
}
