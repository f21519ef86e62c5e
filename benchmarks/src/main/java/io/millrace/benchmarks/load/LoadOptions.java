package io.millrace.benchmarks.load;

import io.millrace.benchmarks.command.Check;
import io.millrace.benchmarks.command.KafkaOptions;
import io.millrace.benchmarks.command.ReportFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is started, where, and by whom it is run. */
final class LoadOptions {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--workflows",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many one-step workflows are enqueued (default: ${DEFAULT-VALUE})")
    String workflows = "";

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description = "How fast they are started; by default as fast as it goes")
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
            description =
                    "Before the load, enqueue and drain so many that are not counted: a Java process is slow at first")
    int warmUp;

    @Option(
            names = "--workers",
            paramLabel = "W",
            defaultValue = "2",
            description = "Worker processes (default: ${DEFAULT-VALUE})")
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
            paramLabel = "WHEN",
            description =
                    "When the workers run: AFTER all is enqueued, DURING that, or NONE does (default: ${DEFAULT-VALUE})")
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

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            description = "Write the depth over time to this file, as an SVG picture")
    @Nullable
    Path svg;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file, as JSON")
    @Nullable
    Path json;

    /** Says what is wrong with those that can be judged alone, in words. */
    void check() {
        kafka.check();
        Check.atLeast(1, inFlight, "--in-flight");
        Check.atLeast(0, warmUp, "--warm-up");
        Check.atLeast(1, workers, "--workers");
        Check.atLeast(1, slots, "--slots");
        ReportFile.check(svg, "--svg");
        ReportFile.check(json, "--json");
    }
}
