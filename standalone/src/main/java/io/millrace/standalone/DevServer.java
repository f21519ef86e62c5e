package io.millrace.standalone;

import io.millrace.api.access.AccessConfig;
import io.millrace.standalone.Parts.ApiAddress;
import io.millrace.standalone.Parts.Capacity;
import io.millrace.standalone.Parts.Engine;
import io.millrace.standalone.Parts.EngineSettings;
import io.millrace.standalone.Parts.NewTopics;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Everything in one process, on loopback: broker, engine, API and sample worker. They are started in this order and stopped in
 * the opposite one, so that the worker can still give back what it owns, and the engine can still commit.
 */
final class DevServer {
    /** What a slow machine may need to restore a large state; after that something is wrong. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Cluster cluster;
    private final ApiAddress api;

    private DevServer(Cluster cluster, ApiAddress api) {
        this.cluster = cluster;
        this.api = api;
    }

    /**
     * Starts what the options ask for, and returns when it can be used.
     *
     * @param running where the started parts are put; whoever closes it stops the server
     */
    static DevServer start(DevOptions options, Parts parts, PartStack running) throws Exception {
        Cluster cluster = new Cluster(bootstrapServers(options, running), options.namespace(), options.kafka());
        Engine engine = running.start(
                "engine",
                () -> parts.startEngine(new EngineSettings(
                        cluster,
                        DevOptions.ENGINE_INSTANCE,
                        options.dataDirectory().resolve("engine"),
                        new NewTopics(DevOptions.PARTITIONS, 1),
                        Capacity.SINGLE)));
        ApiAddress address = new ApiAddress(ApiAddress.LOOPBACK, options.apiPort(), AccessConfig.open());
        running.start("API", () -> parts.startApi(cluster, address, engine::isReady));
        if (options.sampleWorker()) {
            running.start("sample worker", () -> parts.startSampleWorker(cluster));
        }
        awaitReady(engine::isReady);
        return new DevServer(cluster, address);
    }

    /** The Kafka that is used. */
    Cluster cluster() {
        return cluster;
    }

    /** Where the API listens. */
    ApiAddress api() {
        return api;
    }

    private static String bootstrapServers(DevOptions options, PartStack running) throws Exception {
        String external = options.bootstrapServers();
        if (external != null) {
            return external;
        }
        BrokerConfig config =
                BrokerConfig.in(options.dataDirectory().resolve("kafka")).withPort(options.kafkaPort());
        return running.start("broker", () -> EmbeddedBroker.start(config)).bootstrapServers();
    }

    private static void awaitReady(BooleanSupplier ready) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the engine is not ready after " + LONGEST_START.toMinutes()
                        + " minutes: start it again; if that does not help, dev.log in the data directory says why");
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
