package io.millrace.engine;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.observe.GuardedObserver;
import io.millrace.engine.runtime.DiskFailure;
import io.millrace.engine.runtime.HealthCheck;
import io.millrace.engine.runtime.RestoreProgress;
import io.millrace.engine.runtime.StreamThreads;
import io.millrace.engine.runtime.StreamsEnd;
import io.millrace.engine.runtime.StreamsSettings;
import io.millrace.engine.runtime.TopicProvisioner;
import io.millrace.engine.runtime.Vitals;
import io.millrace.engine.runtime.WorkerWatch;
import io.millrace.engine.topology.EngineEnvironment;
import io.millrace.engine.topology.EngineTopology;
import io.millrace.schemas.Topic;
import io.millrace.schemas.serde.RecordSerdes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * One engine instance. Several with the same namespace share the partitions; when one goes, the others take over.
 *
 * <pre>{@code
 * try (MillraceEngine engine = MillraceEngine.start(EngineConfig.builder().bootstrapServers("kafka:9092").build())) {
 *     ...
 * }
 * }</pre>
 */
public final class MillraceEngine implements AutoCloseable {
    private static final Duration WATCH_TIMEOUT = Duration.ofSeconds(30);
    private static final int ADMIN_TIMEOUT_MS = 20_000;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final WorkerWatch watch;
    private final LeaseTable leases;
    private final KafkaStreams streams;
    private final RestoreProgress restore;
    private final StreamsEnd end;

    private MillraceEngine(WorkerWatch watch, LeaseTable leases, KafkaStreams streams, EngineObserver observer) {
        this.watch = watch;
        this.leases = leases;
        this.streams = streams;
        this.restore = new RestoreProgress(observer);
        this.end = new StreamsEnd(observer);
        streams.setGlobalStateRestoreListener(restore);
        streams.setUncaughtExceptionHandler(end);
        streams.setStateListener((now, before) -> {
            end.onChange(now, before);
            restore.onChange(now, before);
        });
        watch.ended().thenAccept(end.reason()::complete);
    }

    /**
     * Creates what topics are missing, and starts. Returns before the state is restored: see {@link #isReady}.
     *
     * @throws io.millrace.engine.runtime.WrongTopicException if existing topics are set up differently
     * @throws KafkaException if Kafka does not answer, or the state directory cannot be used
     */
    public static MillraceEngine start(EngineConfig config) {
        return start(config, EngineObserver.NONE);
    }

    /**
     * As {@link #start(EngineConfig)}.
     *
     * @param observer is told what the instance does
     */
    public static MillraceEngine start(EngineConfig config, EngineObserver observer) {
        return startGuarded(config, new GuardedObserver(observer));
    }

    private static MillraceEngine startGuarded(EngineConfig config, EngineObserver observer) {
        int partitions = provision(config);
        RecordSerdes serdes = RecordSerdes.from(config.kafka());
        LeaseTable leases = new LeaseTable();
        WorkerWatch watch = watch(config, serdes, leases);
        try {
            watch.start(WATCH_TIMEOUT);
            Topology topology = EngineTopology.of(
                    new EngineTopology.Spec(config.namespace(), partitions, config.recoveryLimit(), config.retention()),
                    serdes,
                    leases,
                    EngineEnvironment.production(config.commitInterval(), observer));
            KafkaStreams streams = new KafkaStreams(topology, StreamsSettings.streams(config));
            MillraceEngine engine = new MillraceEngine(watch, leases, streams, observer);
            streams.start();
            return engine;
        } catch (RuntimeException e) {
            watch.close();
            throw DiskFailure.in(e)
                    .<RuntimeException>map(words -> new KafkaException(words, e))
                    .orElse(e);
        }
    }

    /** Whether this instance has its partitions, has restored them, and hears of the workers. */
    public boolean isReady() {
        return health().ready();
    }

    /** How this instance is. Does not wait for anything. */
    public EngineHealth health() {
        return HealthCheck.of(new Vitals(
                streams.state(),
                end.reason().getNow(null),
                StreamThreads.of(streams.metrics()),
                restore.left(),
                new Vitals.Watch(watch.isRunning(), watch.silence(), watch.hearing())));
    }

    /**
     * Completed, with the reason in words, when this instance has ended by itself: it does nothing any more, and has to be closed and started anew.
     * Never completed by {@link #close}.
     */
    public CompletableFuture<String> ended() {
        return end.reason().copy();
    }

    /** What can be read off the instance now. Does not wait for anything. */
    public EngineReadings readings() {
        LeaseTable.Census workers = leases.census();
        return new EngineReadings(partitions(), restore.left(), workers.workers(), workers.slots());
    }

    /** The metrics of Kafka Streams and of all its clients, under Kafka's own names; a new map each time, of values that live. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return streams.metrics();
    }

    private int partitions() {
        if (!streams.state().isRunningOrRebalancing()) {
            return 0;
        }
        try {
            return streams.metadataForLocalThreads().stream()
                    .mapToInt(thread -> thread.activeTasks().size())
                    .sum();
        } catch (IllegalStateException e) {
            // It has stopped in between.
            return 0;
        }
    }

    /** Stops: what is under way is committed, and the other instances take over at once. */
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        watch.close();
    }

    private static int provision(EngineConfig config) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS / 2);
        settings.putAll(config.kafka());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            return new TopicProvisioner(admin, config).provision();
        } catch (ExecutionException e) {
            throw new KafkaException(whatFailed(config, e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the topics were provided", e);
        }
    }

    private static String whatFailed(EngineConfig config, Throwable cause) {
        return cause instanceof TimeoutException
                ? "Kafka at " + config.bootstrapServers() + " does not answer: is it running, and is this its address?"
                : "the topics of namespace " + config.namespace().name() + " on " + config.bootstrapServers()
                        + " cannot be provided: " + cause.getMessage();
    }

    private static WorkerWatch watch(EngineConfig config, RecordSerdes serdes, LeaseTable leases) {
        var instance = new WorkerWatch.Instance(config.instanceId(), host());
        return new WorkerWatch(
                leases,
                config.namespace().topic(Topic.WORKERS),
                instance,
                serdes,
                new WorkerWatch.Clients(
                        new KafkaConsumer<>(StreamsSettings.workerConsumer(config)),
                        new KafkaProducer<>(StreamsSettings.pulseProducer(config))));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
