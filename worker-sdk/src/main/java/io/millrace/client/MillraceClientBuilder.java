package io.millrace.client;

import io.millrace.client.internal.KafkaEngineConnection;
import io.millrace.payload.JsonPayloadCodec;
import io.millrace.payload.PayloadCodec;
import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Limits;
import io.millrace.schemas.Namespace;
import io.millrace.worker.EagerStarter;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link MillraceClient}; each has a default. Not thread-safe. */
public final class MillraceClientBuilder {
    /** Shorter, and a pause of a broker or of this process would look like an engine that is gone. */
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    PayloadCodec codec = new JsonPayloadCodec();
    String issuer = System.getProperty("user.name", "unknown");
    Duration requestTimeout = Duration.ofSeconds(10);
    Executor callbackExecutor = ForkJoinPool.commonPool();
    Timing timing = Timing.SYSTEM;

    @Nullable
    EagerStarter eagerStarter;

    @Nullable
    OpenTelemetry openTelemetry;

    private Namespace namespace = Namespace.DEFAULT;
    private Duration connectTimeout = Duration.ofSeconds(30);
    private final Map<String, Object> kafka = new HashMap<>();

    MillraceClientBuilder() {}

    /** Which Millrace on the cluster; {@code millrace} unless set. */
    public MillraceClientBuilder namespace(String namespace) {
        this.namespace = new Namespace(namespace);
        return this;
    }

    /**
     * Properties of the Kafka clients (security, {@code schema.registry.url} and the like), over the client's own.
     *
     * @throws IllegalArgumentException for what Millrace rests on, see {@link KafkaProperties}
     */
    public MillraceClientBuilder kafkaProperties(Map<String, ?> properties) {
        KafkaProperties.check(properties);
        kafka.putAll(properties);
        return this;
    }

    /** How inputs become bytes, and outputs values; JSON unless set. */
    public MillraceClientBuilder codec(PayloadCodec codec) {
        this.codec = codec;
        return this;
    }

    /** Who asks, for the workflows' history; the operating system's user unless set. */
    public MillraceClientBuilder issuer(String issuer) {
        StartOptions.checkName("issuer", issuer, Limits.MAX_NAME_CHARS);
        this.issuer = issuer;
        return this;
    }

    /** How long a call waits for the engine; 10 s unless set, at least 1 s. */
    public MillraceClientBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = checked("requestTimeout", timeout);
        return this;
    }

    /** How long connecting waits for Kafka and for Millrace's topics; 30 s unless set, at least 1 s. */
    public MillraceClientBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = checked("connectTimeout", timeout);
        return this;
    }

    /** Where the futures of asynchronous calls complete; the common pool unless set. */
    public MillraceClientBuilder callbackExecutor(Executor executor) {
        this.callbackExecutor = executor;
        return this;
    }

    /**
     * Starts workflows with generated ids directly in a worker of this process while that has a free eager slot: their code
     * runs, and their handles are returned, as soon as the broker has acknowledged the start; their results come without a way
     * through the engine. Off unless set.
     */
    public MillraceClientBuilder eager(EagerStarter worker) {
        this.eagerStarter = worker;
        return this;
    }

    /**
     * Where spans of starts and forks go. Unless set, to the global one ({@code GlobalOpenTelemetry}), which is looked up when it is used and may be
     * set at any time; where there is none, the caller's trace goes to the workflow as it is.
     */
    public MillraceClientBuilder openTelemetry(OpenTelemetry instance) {
        this.openTelemetry = instance;
        return this;
    }

    /**
     * Connects to Kafka, and returns when the client can be used.
     *
     * @param bootstrapServers Kafka brokers as {@code host:port}, separated by commas
     * @throws EngineUnavailableException if Kafka cannot be reached or has no topics of Millrace within the connect timeout
     */
    public MillraceClient connect(String bootstrapServers) {
        kafka.put("bootstrap.servers", bootstrapServers);
        return over(KafkaEngineConnection.open(
                new KafkaEngineConnection.Settings(namespace, Map.copyOf(kafka), requestTimeout, connectTimeout)));
    }

    /** A client over a connection of another kind, which it closes with itself: for tests. */
    public MillraceClient over(EngineConnection connection) {
        return new MillraceClient(connection, this);
    }

    private static Duration checked(String what, Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException(what + " must be at least " + SHORTEST_TIMEOUT + ", not " + timeout);
        }
        return timeout;
    }
}
