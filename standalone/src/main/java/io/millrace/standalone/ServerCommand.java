package io.millrace.standalone;

import io.millrace.standalone.Parts.ApiAddress;
import io.millrace.standalone.Parts.Engine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "${env:MILLRACE_HOST:-127.0.0.1}",
            description = "Address the API listens on (or MILLRACE_HOST). There is no authentication: keep it private.")
    private String host = ApiAddress.LOOPBACK;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:MILLRACE_PORT:-7070}",
            description = "Port of the API (or MILLRACE_PORT).")
    private int port = ApiAddress.DEFAULT_PORT;

    ServerCommand(Parts parts) {
        this.parts = parts;
    }

    @Override
    public Integer call() throws Exception {
        LogTarget.console();
        Cluster cluster = clusterOptions.cluster();
        return ProcessLifetime.runUntilStopped((running, lifetime) -> {
            TraceExport.startIfAsked(running, System.getenv());
            Engine engine = running.start("engine", () -> parts.startEngine(engineOptions.settings(cluster)));
            lifetime.endsWith("engine", engine.ended());
            running.start("API", () -> parts.startApi(cluster, new ApiAddress(host, port), engine::health));
        });
    }
}
