package io.millrace.standalone.upgrade;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.Main;
import io.millrace.standalone.crash.ApiProbe;
import io.millrace.standalone.crash.ChildProcess;
import io.millrace.standalone.crash.Children;
import io.millrace.standalone.crash.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code millrace server}s that share the partitions of one namespace, on a Kafka that is always there. */
final class ServerInstallation extends Installation {
    private final String bootstrapServers;
    private final Map<String, String> kafka;
    private @Nullable ApiProbe api;

    ServerInstallation(Children children, String bootstrapServers, Map<String, String> kafka) {
        super(children);
        this.bootstrapServers = bootstrapServers;
        this.kafka = kafka;
    }

    /** Starts one more, which is asked from now on; returns when it can be used. */
    ChildProcess start(Build build, String instanceId) throws IOException {
        int port = FreePorts.take(1).get(0);
        List<String> arguments = List.of(
                "server",
                "--bootstrap-servers",
                bootstrapServers,
                "--namespace",
                namespace().name(),
                "--instance-id",
                instanceId,
                "--port",
                Integer.toString(port),
                "--replication-factor",
                "1",
                "--kafka-config",
                settingsFile().toString(),
                "--data",
                children().directory().resolve(instanceId + ".state").toString());
        ChildProcess server = children().start(instanceId, build.program(Main.class), arguments);
        ApiProbe started = new ApiProbe("http://127.0.0.1:" + port);
        started.awaitReady();
        api = started;
        return server;
    }

    private Path settingsFile() throws IOException {
        String lines = kafka.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        return Files.writeString(children().directory().resolve("kafka.properties"), lines);
    }

    @Override
    ApiProbe api() {
        return Objects.requireNonNull(api, "no server was started");
    }

    @Override
    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    Namespace namespace() {
        return new Namespace("rolling");
    }

    @Override
    Map<String, String> kafka() {
        return kafka;
    }
}
