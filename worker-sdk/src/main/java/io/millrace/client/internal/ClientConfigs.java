package io.millrace.client.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The Kafka properties that the client needs to keep its promises. The user's own go over the first part of each. */
final class ClientConfigs {
    /** A request is given up early enough for the producer to try another time before its caller gives up. */
    private static final int MAX_REQUEST_TIMEOUT_MS = 5_000;

    private ClientConfigs() {}

    static Map<String, Object> producer(Map<String, Object> users, String clientId, Duration requestTimeout) {
        int timeoutMs = Math.toIntExact(Math.min(requestTimeout.toMillis(), Integer.MAX_VALUE));
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        // One millisecond lets the commands of many callers share a request, and nobody notices it.
        config.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        // A call that its caller has given up must not be delivered minutes later.
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(timeoutMs / 2, MAX_REQUEST_TIMEOUT_MS));
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMs);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs);
        config.putAll(users);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return config;
    }

    static Map<String, Object> consumer(Map<String, Object> users, String clientId) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 250);
        // Status records of other people's workflows pass by too; few polls keep that cheap.
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        config.putAll(users);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Positions are set explicitly; when one has fallen off the log, what is left must still be read.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return config;
    }

    static Map<String, Object> admin(Map<String, Object> users, String clientId) {
        Map<String, Object> config = new HashMap<>();
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        config.putAll(users);
        return config;
    }
}
