package io.millrace.standalone.broker;

import io.millrace.standalone.broker.BrokerConfig.Listener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the Kafka broker is told: a node that is broker and controller at once, small, and quick to start again. */
public final class BrokerSettings {
    private static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "CLIENTS";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Kafka creates its internal topics with 50 partitions, each of which costs files and start-up time. */
    private static final String INTERNAL_PARTITIONS = "4";

    /**
     * Bytes of a segment of offsets and transactions. Only full ones are compacted, and all of a partition is read at the start. An
     * engine commits many times a second, so at Kafka's default of 100 MB half an hour of it took 20 s of the next start, in which a
     * coordinator that is asked too early can get stuck.
     */
    private static final String INTERNAL_SEGMENT_BYTES = Integer.toString(2 << 20);

    private static final String SESSION_TIMEOUT = "broker.session.timeout.ms";

    /**
     * After how long a silent broker is taken for dead, in milliseconds: so long that it never is while it is alone. Nobody could take over, and a
     * process that was paused for longer, or got no processor, would move all leaders to itself; its group coordinator has been seen to get stuck
     * over that until the next start. {@link KilledPredecessor} sees to those that are dead.
     */
    private static final String SESSION_TIMEOUT_MS =
            Long.toString(Duration.ofDays(7).toMillis());

    /**
     * The same in a cluster, where others take over. Each time a member that merely pauses is taken for dead, all that it leads moves and comes
     * back; and a member that was killed may register again only after that.
     */
    private static final String MEMBER_SESSION_TIMEOUT_MS = "4000";

    private static final String HEARTBEAT_INTERVAL_MS = "500";

    /** After how long a vote for a controller that came to nothing is held again, in milliseconds: alone, it is always won at once. */
    private static final String ELECTION_TIMEOUT_MS = "200";

    private static final String MEMBER_ELECTION_TIMEOUT_MS = "1000";

    /** Bytes of the map that the log cleaner compacts with; Kafka's default is 128 MB, for far more keys. */
    private static final String CLEANER_BUFFER_BYTES = Integer.toString(8 << 20);

    /**
     * How often the broker looks for transactions that are over time, in milliseconds. One that a killed engine left open holds up
     * whoever takes over and everyone who reads committed; Kafka's default of 10 s would come on top of the transaction's own.
     */
    private static final String TRANSACTION_CHECK_MS = "1000";

    /**
     * After how long the broker looks again whether the last transaction's markers are written, before it takes the first record of the next
     * one, in milliseconds. At Kafka's default of 20 ms every engine that commits many times a second waits as long now and then.
     */
    private static final String TRANSACTION_RETRY_MS = "1";

    private BrokerSettings() {}

    /**
     * Of a broker alone, wherever it runs: all but who it is, where it listens, and where it keeps its data. A silent one is taken for dead as
     * Kafka does by default, since nothing else makes room for the next one.
     */
    public static Map<String, String> ofOneAlone() {
        Map<String, String> settings = ofAny(null);
        settings.remove(SESSION_TIMEOUT);
        return settings;
    }

    static Map<String, String> of(BrokerConfig config, BoundPorts ports, Path logs) {
        Map<String, String> settings = new LinkedHashMap<>();
        identity(settings, config.member(), ports);
        listeners(settings, config.listeners(), ports);
        settings.put("log.dirs", logs.toString());
        settings.putAll(ofAny(config.member()));
        settings.putAll(config.overrides());
        return settings;
    }

    private static Map<String, String> ofAny(@Nullable ClusterMember member) {
        Map<String, String> settings = new LinkedHashMap<>();
        copies(settings, member == null ? 1 : member.copies());
        internalTopics(settings);
        quickStart(settings, member != null);
        modestSize(settings);
        // A typo in a topic name should be an error and not a topic.
        settings.put("auto.create.topics.enable", "false");
        return settings;
    }

    static int nodeId(@Nullable ClusterMember member) {
        return member == null ? NODE_ID : member.nodeId();
    }

    private static void identity(Map<String, String> settings, @Nullable ClusterMember member, BoundPorts ports) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(nodeId(member)));
        settings.put(
                "controller.quorum.voters",
                member == null ? NODE_ID + "@" + ports.controllerAddress() : member.voters());
    }

    private static void listeners(Map<String, String> settings, Map<String, Listener> special, BoundPorts ports) {
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("listener.security.protocol.map", join(ports, listener -> listener + ":PLAINTEXT"));
        settings.put("listeners", join(ports, listener -> listener + "://" + ports.address(listener)));
        if (!special.isEmpty()) {
            settings.put(
                    "advertised.listeners",
                    join(ports, listener -> listener + "://" + advertised(listener, special, ports)));
        }
    }

    private static String advertised(String name, Map<String, Listener> special, BoundPorts ports) {
        Listener listener = special.get(name);
        return listener == null ? ports.address(name) : listener.advertised();
    }

    private static String join(BoundPorts ports, UnaryOperator<String> text) {
        return ports.listeners().stream().map(text).collect(Collectors.joining(","));
    }

    /** With three copies an acknowledgement means two of them, as the engine's own topics have it. */
    private static void copies(Map<String, String> settings, int copies) {
        String all = Integer.toString(copies);
        String enough = Integer.toString(Math.max(1, copies - 1));
        settings.put("offsets.topic.replication.factor", all);
        settings.put("transaction.state.log.replication.factor", all);
        settings.put("transaction.state.log.min.isr", enough);
        settings.put("share.coordinator.state.topic.replication.factor", all);
        settings.put("share.coordinator.state.topic.min.isr", enough);
        settings.put("default.replication.factor", all);
        settings.put("min.insync.replicas", enough);
    }

    private static void internalTopics(Map<String, String> settings) {
        settings.put("offsets.topic.num.partitions", INTERNAL_PARTITIONS);
        settings.put("offsets.topic.segment.bytes", INTERNAL_SEGMENT_BYTES);
        settings.put("transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
        settings.put("transaction.state.log.segment.bytes", INTERNAL_SEGMENT_BYTES);
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", TRANSACTION_CHECK_MS);
        settings.put("add.partitions.to.txn.retry.backoff.ms", TRANSACTION_RETRY_MS);
        settings.put("share.coordinator.state.topic.num.partitions", INTERNAL_PARTITIONS);
    }

    private static void quickStart(Map<String, String> settings, boolean member) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put(SESSION_TIMEOUT, member ? MEMBER_SESSION_TIMEOUT_MS : SESSION_TIMEOUT_MS);
        settings.put("broker.heartbeat.interval.ms", HEARTBEAT_INTERVAL_MS);
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("controlled.shutdown.enable", "true");
        settings.put(
                "controller.quorum.election.timeout.ms", member ? MEMBER_ELECTION_TIMEOUT_MS : ELECTION_TIMEOUT_MS);
    }

    private static void modestSize(Map<String, String> settings) {
        settings.put("log.cleaner.dedupe.buffer.size", CLEANER_BUFFER_BYTES);
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
    }
}
