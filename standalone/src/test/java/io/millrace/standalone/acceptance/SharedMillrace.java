package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.MillraceEngine;
import io.millrace.schemas.Namespace;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker, one engine and one client in this process, for all acceptance tests. Started for the first of them. */
public final class SharedMillrace implements BeforeAllCallback {
    /** How many partitions a workflow's id is hashed to. */
    public static final int PARTITIONS = 4;

    /** Who asks, as the histories name it. */
    public static final String ISSUER = "acceptance";

    /** So few that a test can use them up. */
    public static final int RECOVERY_LIMIT = 2;

    private static final Namespace NAMESPACE = new Namespace("acceptance");

    private static final Duration START = Duration.ofSeconds(60);

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SharedMillrace.class);

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    public MillraceClient client() {
        return running().client;
    }

    public String bootstrapServers() {
        return running().broker.bootstrapServers();
    }

    public Namespace namespace() {
        return NAMESPACE;
    }

    private Running running() {
        return Objects.requireNonNull(running, "an extension of the test's class, and so static");
    }

    /** What lives until all tests are through; JUnit closes it. */
    private record Running(Path directory, EmbeddedBroker broker, MillraceEngine engine, MillraceClient client)
            implements AutoCloseable {
        static Running start() {
            try {
                Path directory = Files.createTempDirectory("millrace-acceptance-");
                EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.ephemeral());
                MillraceEngine engine = MillraceEngine.start(EngineConfig.builder()
                        .bootstrapServers(broker.bootstrapServers())
                        .namespace(NAMESPACE)
                        .stateDir(directory)
                        .partitions(PARTITIONS)
                        .replicationFactor(1)
                        .recoveryLimit(RECOVERY_LIMIT)
                        .build());
                await("the engine to be ready").atMost(START).until(engine::isReady);
                MillraceClient client = MillraceClient.builder()
                        .namespace(NAMESPACE.name())
                        .issuer(ISSUER)
                        .requestTimeout(START)
                        .connect(broker.bootstrapServers());
                return new Running(directory, broker, engine, client);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
            engine.close();
            broker.close();
            delete(directory);
        }

        private static void delete(Path directory) throws IOException {
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
