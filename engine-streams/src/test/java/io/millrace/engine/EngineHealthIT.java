package io.millrace.engine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Namespace;
import io.millrace.schemas.Topic;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That an engine instance says how it is, over a real broker. */
class EngineHealthIT {
    private static final Namespace NAMESPACE = new Namespace("health");

    /** Several batches of the few records that one is let have here. */
    private static final int WORKFLOWS = 200;

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private String bootstrapServers;
    private int port;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(BrokerConfig.in(directory.resolve("kafka")));
        bootstrapServers = broker.bootstrapServers();
        port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void shouldNotBeReadyBeforeItsStateIsRestored() {
        try (MillraceEngine engine = start("before", EngineObserver.NONE)) {
            eventually().until(engine::isReady);
            startWorkflows();
        }
        HeldRestore held = new HeldRestore();
        try (MillraceEngine engine = start("after", held)) {
            eventually().until(() -> held.hasBegun() && engine.health().detail().contains("is restored"));
            EngineHealth health = engine.health();
            assertTrue(health.live(), health.detail());
            assertFalse(health.ready(), health.detail());
            assertTrue(health.detail().matches(".*partition \\d is restored: [\\d,]+ records left.*"), health.detail());
            assertTrue(engine.readings().restoring().values().stream().anyMatch(left -> left > 0));

            held.letGo();
            eventually().until(engine::isReady);
            assertEquals("ready", engine.health().detail());
            assertEquals(Map.of(), engine.readings().restoring());
            assertEquals(4, engine.readings().partitions());
        }
    }

    @Test
    void shouldSayThatTheBrokerIsAwayAndBeReadyAgainWhenItIsBack() {
        try (MillraceEngine engine = start("state", EngineObserver.NONE)) {
            eventually().until(engine::isReady);
            broker.close();
            eventually().until(() -> !engine.health().ready());
            EngineHealth health = engine.health();
            assertTrue(health.live(), health.detail());
            assertTrue(health.detail().contains("the broker has not answered for"), health.detail());

            broker = EmbeddedBroker.start(
                    BrokerConfig.in(directory.resolve("kafka")).withPort(port));
            eventually().until(engine::isReady);
            assertFalse(engine.ended().isDone());
        }
    }

    @Test
    void shouldEndWithAReasonWhenATopicOfItsOwnIsGone() throws Exception {
        try (MillraceEngine engine = start("state", EngineObserver.NONE)) {
            eventually().until(engine::isReady);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
                admin.deleteTopics(List.of(NAMESPACE.topic(Topic.QUERIES)))
                        .all()
                        .get();
            }
            // The threads that are replaced until then end by what they threw.
            eventually()
                    .dontCatchUncaughtExceptions()
                    .until(() -> engine.ended().isDone());
            String reason = engine.ended().join();
            assertTrue(reason.contains("MissingSourceTopicException"), reason);
            EngineHealth health = engine.health();
            assertFalse(health.live() || health.ready(), health.detail());
            assertEquals("the engine has ended: " + reason, health.detail());
        }
    }

    private MillraceEngine start(String stateDir, EngineObserver observer) {
        return MillraceEngine.start(
                EngineConfig.builder()
                        .bootstrapServers(bootstrapServers)
                        .namespace(NAMESPACE)
                        .stateDir(directory.resolve(stateDir))
                        .kafka(Map.of("restore.consumer.max.poll.records", "10", "metadata.max.age.ms", "2000"))
                        .build(),
                observer);
    }

    private void startWorkflows() {
        try (NamespaceClient client = new NamespaceClient(bootstrapServers, NAMESPACE)) {
            for (int i = 0; i < WORKFLOWS; i++) {
                client.start("w" + i, Samples.demo());
            }
            eventually().until(() -> client.status("w" + (WORKFLOWS - 1)) != null);
        }
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(50));
    }

    /** Holds the restoration up after its first batch, until it is let go on. */
    private static final class HeldRestore implements EngineObserver {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public void restored(int partition, long records, long left) {
            if (records > 0 && left > 0) {
                begun.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        boolean hasBegun() {
            return begun.getCount() == 0;
        }

        void letGo() {
            go.countDown();
        }
    }
}
