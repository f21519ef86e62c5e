package io.millrace.standalone;

import io.millrace.standalone.Parts.ApiAddress;
import io.millrace.standalone.Parts.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace server}. */
@Command(
        name = "server",
        description = "Engine and API on an external Kafka.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ServerCommand implements Callable<Integer> {
    private final Parts parts;

    @Mixin
    private ClusterOptions clusterOptions = new ClusterOptions();

    @Mixin
    private EngineOptions engineOptions = new EngineOptions();

    @Mixin
    private ApiOptions apiOptions = new ApiOptions();

    ServerCommand(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() throws Exception {
        LogTarget.console();
        Cluster cluster = clusterOptions.cluster();
        ApiAddress address = apiOptions.address();
        return ProcessLifetime.runUntilStopped((running, lifetime) -> {
            TraceExport.startIfAsked(running, System.getenv());
            Engine engine = running.start("engine", () -> parts.startEngine(engineOptions.settings(cluster)));
            lifetime.endsWith("engine", engine.ended());
            running.start("API", () -> parts.startApi(cluster, address, engine::health));
        });
    }
}
