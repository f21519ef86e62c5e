package io.millrace.standalone;

import io.millrace.engine.EngineHealth;
import io.millrace.standalone.Parts.ApiAddress;
import io.millrace.standalone.Parts.Worker;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace sample-worker}. */
@Command(
        name = "sample-worker",
        description = "A worker with the sample workflows demo.steps and demo.checkout, on the queues default and "
                + "demo.limited (two at once, with priorities).",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class SampleWorkerCommand implements Callable<Integer> {
    private final Parts parts;

    @Mixin
    private ClusterOptions clusterOptions = new ClusterOptions();

    @Mixin
    private MetricsOptions metricsOptions = new MetricsOptions();

    SampleWorkerCommand(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() throws Exception {
        LogTarget.console();
        Cluster cluster = clusterOptions.cluster();
        return ProcessLifetime.runUntilStopped((running, lifetime) -> {
            TraceExport.startIfAsked(running, System.getenv());
            Worker worker = running.start("sample worker", () -> parts.startSampleWorker(cluster));
            if (metricsOptions.address().isPresent()) {
                ApiAddress address = metricsOptions.address().get();
                running.start("metrics", () -> parts.startOperations(address, () -> health(worker)));
            }
        });
    }

    /** A worker that has lost its lease begins anew by itself, so it lives as long as it answers. */
    private static EngineHealth health(Worker worker) {
        return worker.isReady()
                ? new EngineHealth(true, true, "ready")
                : new EngineHealth(true, false, "the worker has lost its lease, and begins anew");
    }
}
