package io.millrace.engine.runtime;

import io.millrace.engine.EngineConfig;
import io.millrace.engine.topology.DeadLetterHandler;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka settings of an engine instance, each with its reason. What the user sets goes over ours. */
public final class StreamsSettings {
    /**
     * How long a transaction may be open. The tables of partitions that come to a stream thread are read while another partition's transaction
     * may be, and the broker aborts one that takes longer: the thread would lose all that it has, and read it again. This is enough for half
     * a million workflows with outputs of 10 KB. It is no longer because a transaction that an
     * engine leaves open when it is killed holds up, for as long, whoever takes its partitions over and all who read committed. One that is
     * started again over its own state directory has the same transactional ids, and aborts what it left at once.
     */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

    /**
     * How long a stream thread may go without polling before the group does without it: it polls neither while it reads the tables of its
     * partitions, one after the other. That one is stuck is found sooner by {@link HealthCheck}.
     */
    static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(10);

    private StreamsSettings() {}

    /** Settings of the Streams application. */
    public static Properties streams(EngineConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(config));
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // What others are to see is committed sooner, when the engine asks. This is for the rest: that
        // heartbeats were read and time went by. Each commit costs the same, so an idle engine makes few.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500);
        // The default of 100 ms would delay commits on a quiet system by as much.
        settings.put(StreamsConfig.POLL_MS_CONFIG, 5);
        // Nothing rests on the order of records of different topics. To wait for a better
        // one costs a fifth of the engine's time under load: Streams looks, for every record,
        // whether another topic has an older one, and puts into words what it found.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streamThreads());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), Limits.MAX_RECORD_BYTES);
        deadLetters(config, settings);
        clients(config, settings);
        settings.putAll(config.kafka());
        Properties properties = new Properties();
        properties.putAll(settings);
        return properties;
    }

    /** Settings of the consumer that watches the workers. */
    public static Map<String, Object> workerConsumer(EngineConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    /** Settings of the producer of this instance's pulse. */
    public static Map<String, Object> pulseProducer(EngineConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        return settings;
    }

    /** The application id: the consumer group, and the prefix of the changelog topic and the transactional ids. */
    public static String applicationId(EngineConfig config) {
        return config.namespace().name() + ".engine";
    }

    private static void deadLetters(EngineConfig config, Map<String, Object> settings) {
        settings.put(
                StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG,
                config.namespace().topic(Topic.DEAD_LETTERS));
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        // What the global store of queues could not take is put aside as well; Streams
        // warns at every start unless this is said. (Its constant is deprecated already.)
        settings.put("processing.exception.handler.global.enabled", true);
    }

    private static void clients(EngineConfig config, Map<String, Object> settings) {
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A member that is known by name takes its place back at once after a
        // crash, instead of waiting for itself to time out.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        // How long the other instances wait before they take over: the least that brokers allow by default.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                Math.toIntExact(MAX_POLL_INTERVAL.toMillis()));
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        // An early commit sends what there is when little is going on; under load, fuller batches spare the broker.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 8);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 64 * 1024);
        // After a commit the broker may refuse a first record for a moment; the
        // default back-off of 100 ms would be felt.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 500);
    }
}
