package io.millrace.standalone.upgrade;

import static org.awaitility.Awaitility.await;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.Main;
import io.millrace.standalone.crash.ApiProbe;
import io.millrace.standalone.crash.ChildProcess;
import io.millrace.standalone.crash.Children;
import io.millrace.standalone.crash.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code millrace dev} on one data directory, which one build runs and then the other, and a worker of the test's own beside it. */
final class DevInstallation extends Installation {
    /** Short, so that what a killed worker had is soon with another one. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final int apiPort;
    private final int kafkaPort;
    private final ApiProbe api;
    private @Nullable ChildProcess dev;
    private @Nullable ChildProcess worker;

    DevInstallation(Children children) throws IOException {
        super(children);
        List<Integer> ports = FreePorts.take(2);
        apiPort = ports.get(0);
        kafkaPort = ports.get(1);
        api = new ApiProbe("http://127.0.0.1:" + apiPort);
    }

    /** Starts everything but the worker, and returns when it can be used. */
    void start(Build build) {
        List<String> arguments = List.of(
                "dev",
                "--port",
                Integer.toString(apiPort),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--data",
                data().toString());
        dev = children().start("dev-" + build, build.program(Main.class), arguments);
        api.awaitReady();
    }

    void startWorker(Build build) {
        worker = startWorker(build, "worker-" + build, List.of(QUEUE, ONE_AT_A_TIME), LEASE);
    }

    /** Stops the server in order. The worker is in the middle of steps, and stays so: it is killed. */
    void stop() {
        ChildProcess server = Objects.requireNonNull(dev);
        server.terminate();
        await("the server to end").atMost(PATIENCE).until(() -> !server.isAlive());
        Objects.requireNonNull(worker).kill();
    }

    /** SIGKILL for all of it. */
    void kill() {
        Objects.requireNonNull(dev).kill();
        Objects.requireNonNull(worker).kill();
    }

    /** Deletes the engine's stores, so that it has the topics alone. */
    void deleteStores() throws IOException {
        Children.delete(data().resolve("engine"));
    }

    private Path data() {
        return children().directory().resolve("data");
    }

    @Override
    ApiProbe api() {
        return api;
    }

    @Override
    String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    @Override
    Namespace namespace() {
        return Namespace.DEFAULT;
    }

    @Override
    Map<String, String> kafka() {
        return Map.of();
    }
}
