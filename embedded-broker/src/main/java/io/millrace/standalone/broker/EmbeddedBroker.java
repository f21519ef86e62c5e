package io.millrace.standalone.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM, broker and controller in one (KRaft), listening on loopback only.
 *
 * <p>With a data directory, topics, records and committed offsets outlive the process, also one that was killed. Without, all
 * is gone on {@link #close()}. Topics are not created by being used. Several can form a cluster: {@link ClusterMember}. All methods may be called
 * from any thread.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral())) {
 *     Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
 * }
 * }</pre>
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** The listener that every broker has for its clients, and for the other members of its cluster. */
    public static final String CLIENTS = BrokerSettings.CLIENT_LISTENER;

    /** The listener of its controller. */
    public static final String CONTROLLER = BrokerSettings.CONTROLLER_LISTENER;

    /** How long a member that stops waits for its cluster to let it go, which it does not do once most are gone. Kafka's own is five minutes. */
    private static final Duration LONGEST_LEAVE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final DataDirectory directory;
    private final BoundPorts ports;
    private final FaultLog faults;
    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final @Nullable KilledPredecessor killed;
    private boolean closed;

    private EmbeddedBroker(DataDirectory directory, BoundPorts ports, BrokerConfig settings) throws Exception {
        this.directory = directory;
        this.ports = ports;
        this.faults = new FaultLog();
        KafkaConfig config = new KafkaConfig(BrokerSettings.of(settings, ports, directory.logs()), false);
        this.killed = settings.member() == null ? KilledPredecessor.in(directory.logs()) : null;
        formatIfNew(directory.logs(), settings.member());
        var prepared = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        Metrics metrics = Server.initializeMetrics(
                config, Time.SYSTEM, prepared._1().clusterId().orElseThrow());
        this.shared = new SharedServer(
                config,
                prepared._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                faults,
                ports);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), prepared._2());
        this.broker = new BrokerServer(shared);
    }

    /**
     * Starts a broker, and returns when clients can use it; one of a cluster, when most of its members have been started.
     *
     * @throws BrokerStartException if the port or the data directory cannot be used, or Kafka does not start
     */
    public static EmbeddedBroker start(BrokerConfig config) {
        DataDirectory directory = DataDirectory.take(config.dataDirectory());
        BoundPorts ports;
        try {
            ports = BoundPorts.bind(config);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
        return start(directory, ports, config);
    }

    private static EmbeddedBroker start(DataDirectory directory, BoundPorts ports, BrokerConfig config) {
        EmbeddedBroker started;
        try {
            started = new EmbeddedBroker(directory, ports, config);
        } catch (Exception e) {
            ports.close();
            directory.close();
            throw notStarted(directory, e);
        }
        try {
            // The controller first: the broker registers with it.
            started.controller.startup();
            if (started.killed != null) {
                started.killed.unregister(started.controller.controller());
            }
            started.broker.startup();
            return started;
        } catch (Exception e) {
            started.close();
            throw notStarted(directory, e);
        }
    }

    /** Where clients connect, as in {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return ports.clientAddress();
    }

    /** The port that clients connect to. */
    public int port() {
        return port(CLIENTS);
    }

    /**
     * The port that a listener has, whatever address it advertises.
     *
     * @throws IllegalArgumentException if there is no such listener
     */
    public int port(String listener) {
        return ports.port(listener);
    }

    /** Where the data is. */
    public Path dataDirectory() {
        return directory.root();
    }

    /** The id that Kafka gave to this data directory; it stays the same across restarts. */
    public String clusterId() {
        return shared.clusterId();
    }

    /** Completes with the reason if Kafka breaks down while it runs; the broker is of no use from then on. */
    public CompletionStage<Throwable> brokenDown() {
        return faults.firstFatal().minimalCompletionStage();
    }

    /** Stops the broker cleanly, within seconds, and lets go of the data directory. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The broker first: it needs the controller to leave in order.
        broker.shutdown(LONGEST_LEAVE);
        controller.shutdown();
        ports.close();
        directory.close();
    }

    private static BrokerStartException notStarted(DataDirectory directory, Exception cause) {
        return new BrokerStartException(
                "Kafka did not start with the data directory " + directory.root() + ": " + cause, cause);
    }

    private static void formatIfNew(Path logs, @Nullable ClusterMember member) throws Exception {
        // Kafka writes this file last, so a format that was cut short by a kill is done again.
        if (Files.exists(logs.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        Files.createDirectories(logs);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerSettings.nodeId(member))
                .setClusterId(member == null ? Uuid.randomUuid().toString() : member.clusterId())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(logs.toString())
                .setDirectories(List.of(logs.toString()))
                .run();
    }
}
