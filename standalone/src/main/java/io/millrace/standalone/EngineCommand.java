package io.millrace.standalone;

import io.millrace.standalone.Parts.ApiAddress;
import io.millrace.standalone.Parts.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace engine}. */
@Command(
        name = "engine",
        description = "An engine alone on an external Kafka; several share the work.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class EngineCommand implements Callable<Integer> {
    private final Parts parts;

    @Mixin
    private ClusterOptions clusterOptions = new ClusterOptions();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private MetricsOptions metricsOptions = new MetricsOptions();

    EngineCommand(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() throws Exception {
        LogTarget.console();
        Cluster cluster = clusterOptions.cluster();
        return ProcessLifetime.runUntilStopped((running, lifetime) -> {
            Engine engine = running.start("engine", () -> parts.startEngine(engineOptions.settings(cluster)));
            lifetime.endsWith("engine", engine.ended());
            if (metricsOptions.address().isPresent()) {
                ApiAddress address = metricsOptions.address().get();
                running.start("metrics", () -> parts.startOperations(address, engine::health));
            }
        });
    }
}
