package io.millrace.benchmarks.bench;

import io.millrace.benchmarks.command.HelpOption;
import io.millrace.benchmarks.figures.Spread;
import io.millrace.benchmarks.process.ResidentMemory;
import io.millrace.client.MillraceClient;
import io.millrace.client.MillraceClientBuilder;
import io.millrace.client.StartOptions;
import io.millrace.worker.Worker;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures throughput and latency of a Millrace that runs elsewhere: callers and a worker are in this process, broker and engine are
 * in another.
 */
@Command(
        name = "bench",
        sortOptions = false,
        description = {
            "Measures a Millrace that runs: callers and a worker in this process, broker and engine in theirs.",
            "Without --bootstrap-servers, it looks for the Kafka at localhost:9092, where \"millrace dev\" has it."
        })
public final class BenchCommand implements Callable<Integer> {
    @Mixin
    private final HelpOption help = new HelpOption();

    /** Steps of the workflow that measures the cost of one more step: enough for a median, and done in a second or two. */
    private static final int PROBE_STEPS = 1_000;

    private static final double MB = 1 << 20;

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Override
    public Integer call() throws InterruptedException, IOException {
        options.check();
        BenchWorkflows workflows = new BenchWorkflows();
        ExecutorService callbacks = Callbacks.threads();
        try (Worker worker = worker(workflows)) {
            worker.start();
            try (MillraceClient client = client(worker, callbacks)) {
                Report report = measure(client, workflows);
                System.out.println(options.json ? report.json() : report.text());
            }
        } finally {
            callbacks.shutdown();
        }
        return 0;
    }

    private Worker worker(BenchWorkflows workflows) throws IOException {
        return workflows
                .register(Worker.builder(options.bootstrapServers())
                        .namespace(options.namespace())
                        .kafka(options.kafka()))
                .slots(options.workerSlots())
                .eagerSlots(options.mode == BenchOptions.Mode.EAGER ? options.callers : 0)
                .build();
    }

    private MillraceClient client(Worker worker, ExecutorService callbacks) throws IOException {
        MillraceClientBuilder builder = MillraceClient.builder()
                .namespace(options.namespace())
                .kafkaProperties(options.kafka())
                .callbackExecutor(callbacks);
        if (options.mode == BenchOptions.Mode.EAGER) {
            builder.eager(worker);
        }
        return builder.connect(options.bootstrapServers());
    }

    private Report measure(MillraceClient client, BenchWorkflows workflows) throws InterruptedException {
        String payload = "x".repeat(options.payloadBytes - 2);
        say("measuring " + options.callers + " callers for " + options.seconds + " s, after " + options.warmupSeconds
                + " s of warm-up ...");
        Callers.Measured measured = new Callers(client, new BenchWorkflows.Input(options.steps, payload))
                .run(options.callers, options.warmupSeconds, options.seconds);
        say("measuring one more step ...");
        double stepP50Ms = probe(client, workflows, payload);
        return new Report(
                measured.workflowsPerSecond(),
                measured.workflowsPerSecond() * options.steps,
                measured.engineWorkflowsPerSecond(),
                measured.latencyMs(50),
                measured.latencyMs(99),
                stepP50Ms,
                peakRssMb(),
                measured.engineBehindSeconds());
    }

    private static double probe(MillraceClient client, BenchWorkflows workflows, String payload) {
        StartOptions onQueue = StartOptions.generatedId().queue(BenchWorkflows.QUEUE);
        client.start(BenchWorkflows.PROBE, new BenchWorkflows.Input(PROBE_STEPS, payload), Integer.class, onQueue)
                .result();
        return Spread.median(Arrays.stream(workflows.takeStepIntervals())
                        .asDoubleStream()
                        .toArray())
                / 1e6;
    }

    private static double peakRssMb() {
        OptionalLong peak = ResidentMemory.peakBytes(ProcessHandle.current().pid());
        if (peak.isEmpty()) {
            say("this system does not tell the memory of a process");
        }
        return peak.orElse(0) / MB;
    }

    /** What is not the result goes to standard error, so that the result can be piped. */
    private static void say(String text) {
        System.err.println(text);
    }
}
