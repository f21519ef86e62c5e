package io.millrace.benchmarks.load;

import io.millrace.schemas.KafkaProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is started, where, and by whom it is run. */
final class LoadOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "A Kafka with a Millrace that runs. By default a broker and an engine of its own are started.")
    @Nullable
    String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_CONFIG}",
            description = "Properties for the clients of that Kafka, for example for TLS (or MILLRACE_KAFKA_CONFIG)")
    @Nullable
    Path kafkaConfig;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "millrace",
            description = "Prefix of all topics (default: ${DEFAULT-VALUE})")
    String namespace = "";

    @Option(
            names = "--workflows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many one-step workflows are enqueued (default: ${DEFAULT-VALUE})")
    String workflows = "";

    @Option(names = "--rate", paramLabel = "N/s", description = "How fast; by default as fast as it goes")
    @Nullable
    String rate;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many starts may be sent and not yet accepted by the engine (default: ${DEFAULT-VALUE})")
    int inFlight;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "0",
            description = "Before it, enqueue and drain so many that are not counted: a Java process is slow at first")
    int warmUp;

    @Option(names = "--workers", paramLabel = "W", defaultValue = "2", description = "Worker processes (default: 2)")
    int workers;

    @Option(
            names = "--slots",
            paramLabel = "S",
            defaultValue = "64",
            description = "How many workflows each worker runs at once (default: ${DEFAULT-VALUE})")
    int slots;

    @Option(
            names = "--step-time",
            paramLabel = "T",
            defaultValue = "0ms",
            description = "How long a step takes, as 20ms or 5ms..50ms (default: ${DEFAULT-VALUE})")
    String stepTime = "";

    @Option(
            names = "--drain",
            defaultValue = "AFTER",
            description = "When the workers run: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    LoadPlan.Drain drain = LoadPlan.Drain.AFTER;

    @Option(
            names = "--kill-worker-every",
            paramLabel = "T",
            description =
                    "While it drains, kill a worker (SIGKILL) and start another one in its place, as often as this")
    @Nullable
    String killWorkerEvery;

    @Option(
            names = "--add-worker-at",
            paramLabel = "P%",
            description = "Start one more worker when so much of the backlog has ended")
    @Nullable
    String addWorkerAt;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write the depth over time as a picture")
    @Nullable
    Path svg;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures as JSON")
    @Nullable
    Path json;

    /** How to connect to a Kafka that runs elsewhere; one of its own has no security. */
    Map<String, String> kafka() throws IOException {
        return kafkaConfig == null || bootstrapServers == null ? Map.of() : KafkaProperties.read(kafkaConfig);
    }
}
