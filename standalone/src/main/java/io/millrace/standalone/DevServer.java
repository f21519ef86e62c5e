package io.millrace.standalone;

import io.millrace.api.access.AccessConfig;
import io.millrace.engine.machine.Retention;
import io.millrace.standalone.Parts.ApiAddress;
import io.millrace.standalone.Parts.Capacity;
import io.millrace.standalone.Parts.Engine;
import io.millrace.standalone.Parts.EngineSettings;
import io.millrace.standalone.Parts.NewTopics;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
    private final Engine engine;

    private DevServer(Cluster cluster, ApiAddress api, Engine engine) {
        this.cluster = cluster;
        this.api = api;
        this.engine = engine;
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
                        Capacity.SINGLE,
                        Retention.DEFAULT)));
        ApiAddress address = new ApiAddress(ApiAddress.LOOPBACK, options.apiPort(), AccessConfig.open());
        running.start("API", () -> parts.startApi(cluster, address, engine::health));
        if (options.sampleWorker()) {
            running.start("sample worker", () -> parts.startSampleWorker(cluster));
        }
        awaitReady(engine);
        return new DevServer(cluster, address, engine);
    }

    /** The Kafka that is used. */
    Cluster cluster() {
        return cluster;
    }

    /** Where the API listens. */
    ApiAddress api() {
        return api;
    }

    /** Completed, with the reason, when the engine has ended by itself. */
    CompletableFuture<String> engineEnded() {
        return engine.ended();
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

    private static void awaitReady(Engine engine) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!engine.health().ready()) {
            if (engine.ended().isDone()) {
                throw new IllegalStateException(
                        "the engine has ended: " + engine.ended().join());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the engine is not ready after " + LONGEST_START.toMinutes()
                        + " minutes (" + engine.health().detail()
                        + "): start it again; if that does not help, dev.log in the data directory says why");
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }
}
