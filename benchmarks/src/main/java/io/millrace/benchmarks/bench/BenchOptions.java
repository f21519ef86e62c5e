package io.millrace.benchmarks.bench;

import io.millrace.schemas.KafkaProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be measured. */
final class BenchOptions {
    /** How workflows get to the worker. */
    enum Mode {
        /** By the engine, to a worker's credit. */
        DISPATCHED,
        /** Directly: caller and worker are one process. */
        EAGER
    }

    @Option(
            names = "--bootstrap-servers",
            defaultValue = "localhost:9092",
            description = "Kafka, as host:port (default: ${DEFAULT-VALUE})")
    String bootstrapServers = "";

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_CONFIG}",
            description = "Properties for the clients of that Kafka, for example for TLS (or MILLRACE_KAFKA_CONFIG)")
    @Nullable
    Path kafkaConfig;

    @Option(
            names = "--namespace",
            defaultValue = "millrace",
            description = "The Millrace on that Kafka (default: ${DEFAULT-VALUE})")
    String namespace = "";

    @Option(
            names = "--mode",
            defaultValue = "DISPATCHED",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Mode mode = Mode.DISPATCHED;

    @Option(
            names = "--callers",
            defaultValue = "64",
            description = "How many workflows are open at once, each waited for (default: ${DEFAULT-VALUE})")
    int callers;

    @Option(names = "--steps", defaultValue = "1", description = "Steps of a workflow (default: ${DEFAULT-VALUE})")
    int steps;

    @Option(
            names = "--payload-bytes",
            defaultValue = "100",
            description = "Size of the input and of each step's output (default: ${DEFAULT-VALUE})")
    int payloadBytes;

    @Option(names = "--seconds", defaultValue = "10", description = "How long is measured (default: ${DEFAULT-VALUE})")
    int seconds;

    @Option(
            names = "--warmup-seconds",
            defaultValue = "15",
            description = "How long it runs before (default: ${DEFAULT-VALUE})")
    int warmupSeconds;

    @Option(
            names = "--slots",
            defaultValue = "0",
            description = "How many workflows the worker runs at once; 0 for as many as there are callers"
                    + " (default: ${DEFAULT-VALUE})")
    int slots;

    @Option(names = "--json", description = "Print one JSON object and nothing else")
    boolean json;

    Map<String, String> kafka() throws IOException {
        return kafkaConfig == null ? Map.of() : KafkaProperties.read(kafkaConfig);
    }

    int workerSlots() {
        return slots == 0 ? callers : slots;
    }

    /** Says what is wrong with the options, in words. */
    void check() {
        atLeast(1, callers, "--callers");
        atLeast(1, steps, "--steps");
        atLeast(2, payloadBytes, "--payload-bytes");
        atLeast(1, seconds, "--seconds");
        atLeast(0, warmupSeconds, "--warmup-seconds");
        atLeast(0, slots, "--slots");
    }

    private static void atLeast(int least, int value, String option) {
        if (value < least) {
            throw new IllegalArgumentException(option + " must be at least " + least + ", not " + value);
        }
    }
}
