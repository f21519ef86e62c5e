package io.millrace.standalone;

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

    SampleWorkerCommand(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() throws Exception {
        LogTarget.console();
        Cluster cluster = clusterOptions.cluster();
        return ProcessLifetime.runUntilStopped(running -> {
            TraceExport.startIfAsked(running, System.getenv());
            running.start("sample worker", () -> parts.startSampleWorker(cluster));
        });
    }
}
