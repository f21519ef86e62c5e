package io.millrace.standalone;

import io.millrace.standalone.Parts.EngineSettings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of an engine on an external Kafka. */
final class EngineOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MILLRACE_DATA:-.millrace/engine}",
            description = "Where the engine keeps its stores (or MILLRACE_DATA). It can also restore them from Kafka.")
    private Path data = Path.of(".millrace", "engine");

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_PARTITIONS:-4}",
            description = "How many partitions a new namespace gets; an existing one keeps its own.")
    private int partitions = DevOptions.PARTITIONS;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_REPLICATION_FACTOR:-3}",
            description = "How many copies Kafka keeps of a new namespace's topics.")
    private int replicationFactor = 3;

    EngineSettings settings(Cluster cluster) {
        return new EngineSettings(cluster, data.toAbsolutePath().normalize(), partitions, replicationFactor);
    }
}
