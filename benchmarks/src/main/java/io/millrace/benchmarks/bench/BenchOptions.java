package io.millrace.benchmarks.bench;

import io.millrace.benchmarks.command.Check;
import io.millrace.benchmarks.command.KafkaOptions;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is to be measured. */
final class BenchOptions {
    /** With fewer than there are partitions, a slot travels from one to the next, and that is what would be measured. */
    private static final int FEWEST_SLOTS = 16;

    /** How workflows get to the worker. */
    enum Mode {
        /** By the engine, to a worker's credit. */
        DISPATCHED,
        /** Directly: caller and worker are one process. */
        EAGER
    }

    /** Where a Kafka is when nobody says. */
    private static final String USUAL_BOOTSTRAP_SERVERS = "localhost:9092";

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "DISPATCHED",
            description =
                    "How workflows get to the worker: by the engine (DISPATCHED), or directly, since caller and worker are one process"
                            + " (EAGER; default: ${DEFAULT-VALUE})")
    Mode mode = Mode.DISPATCHED;

    @Option(
            names = "--callers",
            paramLabel = "N",
            defaultValue = "64",
            description = "How many workflows are open at once, each waited for (default: ${DEFAULT-VALUE})")
    int callers;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1",
            description = "Steps of a workflow (default: ${DEFAULT-VALUE})")
    int steps;

    @Option(
            names = "--payload-bytes",
            paramLabel = "N",
            defaultValue = "100",
            description = "Size of the input and of each step's output, as JSON (default: ${DEFAULT-VALUE})")
    int payloadBytes;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long it is measured (default: ${DEFAULT-VALUE})")
    int seconds;

    @Option(
            names = "--warmup-seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "How long it runs before that (default: ${DEFAULT-VALUE})")
    int warmupSeconds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "How many workflows the worker runs at once; 0, the default, is as many as there are callers, but "
                            + FEWEST_SLOTS + " at least")
    int slots;

    @Option(names = "--json", description = "Print one JSON object and nothing else")
    boolean json;

    String bootstrapServers() {
        return kafka.bootstrapServers().orElse(USUAL_BOOTSTRAP_SERVERS);
    }

    String namespace() {
        return kafka.namespace();
    }

    Map<String, String> kafka() throws IOException {
        return kafka.properties();
    }

    int workerSlots() {
        return slots == 0 ? Math.max(callers, FEWEST_SLOTS) : slots;
    }

    /** Says what is wrong with the options, in words. */
    void check() {
        kafka.check();
        Check.atLeast(1, callers, "--callers");
        Check.atLeast(1, steps, "--steps");
        Check.atLeast(2, payloadBytes, "--payload-bytes");
        Check.atLeast(1, seconds, "--seconds");
        Check.atLeast(0, warmupSeconds, "--warmup-seconds");
        Check.atLeast(0, slots, "--slots");
    }
}
