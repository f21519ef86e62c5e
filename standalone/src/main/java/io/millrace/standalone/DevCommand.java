package io.millrace.standalone;

import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace dev}. */
@Command(
        name = "dev",
        description = "Everything in one process, on this machine only: broker, engine, API and sample worker.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DevCommand implements Callable<Integer> {
    private final Parts parts;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the API.")
    private int port = Parts.ApiAddress.DEFAULT_PORT;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port of the broker; 0 takes a free one.")
    private int kafkaPort = 9092;

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept across restarts.")
    private Path data = Path.of(".millrace");

    @Option(names = "--ephemeral", description = "Keep nothing: a temporary directory, deleted on exit.")
    private boolean ephemeral;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Use this Kafka instead of a broker in this process.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_CONFIG}",
            description = "Properties for the clients of that Kafka, for example for TLS (or MILLRACE_KAFKA_CONFIG).")
    private @Nullable Path kafkaConfig;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Prefix of all topics.")
    private String namespace = Namespace.DEFAULT.name();

    @Option(names = "--no-sample-worker", description = "Do not run the sample workflows.")
    private boolean noSampleWorker;

    DevCommand(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        Path directory = ephemeral
                ? Files.createTempDirectory("millrace-dev-")
                : data.toAbsolutePath().normalize();
        DevOptions options = new DevOptions(
                port,
                kafkaPort,
                directory,
                bootstrapServers,
                new Namespace(namespace),
                !noSampleWorker,
                kafkaSettings());
        Path log = createDirectories(directory).resolve("dev.log");
        LogTarget.file(log);
        PartStack running = new PartStack();
        ProcessLifetime lifetime = ProcessLifetime.closing(running, () -> forgetIfEphemeral(directory));
        try {
            TraceExport.startIfAsked(running, System.getenv());
            DevServer server = DevServer.start(options, parts, running);
            lifetime.endsWith("engine", server.engineEnded());
            Duration startUp = Duration.ofNanos(System.nanoTime() - began);
            System.out.println(Banner.of(server, options, log, startUp));
        } catch (Exception e) {
            return lifetime.startFailed(e, log);
        }
        return lifetime.await();
    }

    /** The broker in this process takes none: it has no security. */
    private Map<String, String> kafkaSettings() throws IOException {
        return kafkaConfig == null || bootstrapServers == null ? Map.of() : KafkaProperties.read(kafkaConfig);
    }

    private static Path createDirectories(Path directory) throws IOException {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IOException(
                    "cannot create the data directory " + directory + " (" + e + "): choose another with --data", e);
        }
    }

    private void forgetIfEphemeral(Path directory) throws IOException {
        if (!ephemeral) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
