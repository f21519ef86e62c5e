package io.millrace.standalone.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends the hostile inputs: most as records, and a few as requests, from several threads. */
final class Bombardment implements AutoCloseable {
    /** Of so many inputs one is a request. */
    private static final int ONE_IS_A_REQUEST = 20;

    private static final int REQUESTS_AT_ONCE = 4;

    private final HostileRecords records;
    private final HostileRequests requests;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SentRecords sent = new SentRecords();
    private final ExecutorService pool = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
    private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();

    Bombardment(FuzzServer server, HostileRecords records, HostileRequests requests) {
        this.records = records;
        this.requests = requests;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", server.bootstrapServers(), "linger.ms", 5, "max.request.size", 4 << 20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends the inputs of these numbers; returns when each record is on its topic, and each request is answered. */
    void send(long from, long to) throws InterruptedException {
        List<Future<?>> answers = new ArrayList<>();
        for (long number = from; number < to; number++) {
            long request = number;
            if (isRequest(number)) {
                answers.add(pool.submit(() -> {
                    requests.send(request);
                    return null;
                }));
            } else {
                send(records.make(number));
            }
        }
        producer.flush();
        for (Future<?> answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause().getMessage(), e.getCause());
            }
        }
        Exception failure = refused.get();
        if (failure != null) {
            throw new AssertionError("Kafka did not take a record: " + failure, failure);
        }
    }

    private static boolean isRequest(long number) {
        return number % ONE_IS_A_REQUEST == 0;
    }

    private void send(HostileRecord record) {
        ProducerRecord<byte[], byte[]> toSend = new ProducerRecord<>(
                Outcomes.name(record.topic()), record.partition(), record.timestamp(), record.key(), record.value());
        if (record.headers()) {
            toSend.headers().add("__streams.errors.topic", new byte[] {1}).add("", new byte[2_000]);
        }
        producer.send(toSend, (at, failure) -> onSent(record, at, failure));
    }

    private void onSent(HostileRecord record, RecordMetadata at, @Nullable Exception failure) {
        if (failure == null) {
            sent.add(record, at.partition(), at.offset());
        } else {
            refused.compareAndSet(null, new IllegalStateException(record.toString(), failure));
        }
    }

    /** An input in words. */
    String describe(long number) {
        return isRequest(number)
                ? "input " + number + ", a request"
                : records.make(number).toString();
    }

    SentRecords sent() {
        return sent;
    }

    Map<Integer, Integer> statuses() {
        return requests.statuses();
    }

    @Override
    public void close() {
        pool.shutdownNow();
        producer.close();
    }
}
