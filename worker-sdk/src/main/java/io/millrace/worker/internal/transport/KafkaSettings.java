package io.millrace.worker.internal.transport;

import io.millrace.schemas.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings of a worker's Kafka clients. The user's come first; what the protocol rests on cannot be changed, and what is
 * a matter of speed can.
 *
 * @param properties the user's, {@code bootstrap.servers} among them
 * @param lease nothing is worth sending later than that after it arose
 */
record KafkaSettings(Map<String, Object> properties, Duration lease) {
    private static final int MIN_REQUEST_TIMEOUT_MS = 1_000;
    private static final int MAX_REQUEST_TIMEOUT_MS = 30_000;

    Map<String, Object> producer() {
        Map<String, Object> settings = new HashMap<>();
        // A workflow waits for each record, so none waits for company; under
        // load, records gather while others are under way.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.putAll(properties);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.MAX_RECORD_BYTES);
        settings.putAll(timeouts());
        return settings;
    }

    /** While the lease holds, a broker that is away is waited for; when it has lapsed, nothing that waits matters any more. */
    private Map<String, Object> timeouts() {
        int leaseMs = Math.toIntExact(lease.toMillis());
        int requestMs = Math.max(MIN_REQUEST_TIMEOUT_MS, Math.min(MAX_REQUEST_TIMEOUT_MS, leaseMs / 2));
        return Map.of(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestMs,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * Math.max(leaseMs, requestMs),
                ProducerConfig.MAX_BLOCK_MS_CONFIG, leaseMs);
    }

    Map<String, Object> consumer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        settings.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        settings.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 20);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.putAll(properties);
        // A grant from a transaction that is then aborted does no harm, and
        // waiting for the commit would cost every grant.
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // A topic that is made by asking for it would have the wrong number of partitions.
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        List.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        CommonClientConfigs.CLIENT_ID_CONFIG)
                .forEach(settings::remove);
        return settings;
    }
}
