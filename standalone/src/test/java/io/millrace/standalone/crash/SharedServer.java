package io.millrace.standalone.crash;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.Main;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One broker, and one engine with its API as a process, for all tests that kill neither. Started for the first of them. */
public final class SharedServer implements BeforeAllCallback {
    private static final Namespace NAMESPACE = new Namespace("crash");

    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(SharedServer.class);

    private @Nullable Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(STORE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    }

    /** Where a test that kills only workers plays: the shared engine, and a queue of its own. */
    Stage stage(Children children, String queue) {
        ChildProcess server = running().server();
        children.showWhenFailed(server.log());
        return new Stage(children, running().broker.bootstrapServers(), NAMESPACE, queue);
    }

    /** Where a test that kills engines plays: the shared broker, and a namespace of its own. */
    Stage stageWithoutEngine(Children children, String namespace) {
        return new Stage(children, running().broker.bootstrapServers(), new Namespace(namespace), Stage.ALWAYS_THERE);
    }

    /** Where the shared server's API is. */
    String apiUrl() {
        return "http://127.0.0.1:" + running().apiPort;
    }

    private Running running() {
        return Objects.requireNonNull(running, "an extension of the test's class, and so static");
    }

    /** What lives until all tests are through; JUnit closes it. */
    private static final class Running implements AutoCloseable {
        private final Path directory;
        private final EmbeddedBroker broker;
        private final int apiPort;
        private @Nullable ChildProcess server;

        private Running(Path directory, EmbeddedBroker broker, int apiPort) {
            this.directory = directory;
            this.broker = broker;
            this.apiPort = apiPort;
        }

        static Running start() {
            try {
                Path directory = Files.createTempDirectory("millrace-crash-server-");
                return new Running(
                        directory,
                        EmbeddedBroker.start(BrokerConfig.ephemeral()),
                        FreePorts.take(1).get(0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized ChildProcess server() {
            if (server == null) {
                server = ChildProcess.start(
                        "server",
                        directory.resolve("server.log"),
                        ChildProcess.Program.of(Main.class),
                        List.of(
                                "server",
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--namespace",
                                NAMESPACE.name(),
                                "--port",
                                Integer.toString(apiPort),
                                "--replication-factor",
                                "1",
                                "--data",
                                directory.resolve("state").toString()));
            }
            return server;
        }

        @Override
        public void close() throws IOException {
            if (server != null) {
                server.kill();
            }
            broker.close();
            Children.delete(directory);
        }
    }
}
