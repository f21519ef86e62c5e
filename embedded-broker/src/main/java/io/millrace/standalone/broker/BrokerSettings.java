package io.millrace.standalone.broker;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the Kafka broker is told: one node that is broker and controller at once, small, and quick to start again. */
final class BrokerSettings {
    static final int NODE_ID = 1;
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

    /**
     * How long the controller remembers the broker of a killed process, in milliseconds. The next process may register only
     * after that, so it is most of a second start after {@code kill -9}; too short a time would fence a broker that merely pauses.
     */
    private static final String SESSION_TIMEOUT_MS = "2000";

    private static final String HEARTBEAT_INTERVAL_MS = "500";

    /** Bytes of the map that the log cleaner compacts with; Kafka's default is 128 MB, for far more keys. */
    private static final String CLEANER_BUFFER_BYTES = Integer.toString(8 << 20);

    /**
     * How often the broker looks for transactions that are over time, in milliseconds. One that a killed engine left open holds up
     * whoever takes over and everyone who reads committed; Kafka's default of 10 s would come on top of the transaction's own.
     */
    private static final String TRANSACTION_CHECK_MS = "1000";

    private BrokerSettings() {}

    static Map<String, String> of(BoundPorts ports, Path logs, Map<String, String> overrides) {
        Map<String, String> settings = new LinkedHashMap<>();
        identity(settings, ports, logs);
        internalTopics(settings);
        quickStart(settings);
        modestSize(settings);
        // A typo in a topic name should be an error and not a topic.
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(overrides);
        return settings;
    }

    private static void identity(Map<String, String> settings, BoundPorts ports, Path logs) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + ports.controllerAddress());
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put(
                "listeners",
                CLIENT_LISTENER + "://" + ports.clientAddress() + "," + CONTROLLER_LISTENER + "://"
                        + ports.controllerAddress());
        settings.put("log.dirs", logs.toString());
    }

    private static void internalTopics(Map<String, String> settings) {
        settings.put("offsets.topic.num.partitions", INTERNAL_PARTITIONS);
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.segment.bytes", INTERNAL_SEGMENT_BYTES);
        settings.put("transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.segment.bytes", INTERNAL_SEGMENT_BYTES);
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", TRANSACTION_CHECK_MS);
        settings.put("share.coordinator.state.topic.num.partitions", INTERNAL_PARTITIONS);
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
    }

    private static void quickStart(Map<String, String> settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("broker.session.timeout.ms", SESSION_TIMEOUT_MS);
        settings.put("broker.heartbeat.interval.ms", HEARTBEAT_INTERVAL_MS);
        settings.put("num.recovery.threads.per.data.dir", "2");
        // With one node there is nobody to hand partitions to, and nobody to vote with.
        settings.put("controlled.shutdown.enable", "true");
        settings.put("controller.quorum.election.timeout.ms", "200");
    }

    private static void modestSize(Map<String, String> settings) {
        settings.put("log.cleaner.dedupe.buffer.size", CLEANER_BUFFER_BYTES);
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
    }
}
