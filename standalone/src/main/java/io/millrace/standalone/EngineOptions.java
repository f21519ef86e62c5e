package io.millrace.standalone;

import io.millrace.engine.machine.Retention;
import io.millrace.standalone.Parts.Capacity;
import io.millrace.standalone.Parts.EngineSettings;
import io.millrace.standalone.Parts.NewTopics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of an engine on an external Kafka. */
final class EngineOptions {
    @Option(
            names = "--instance-id",
            paramLabel = "NAME",
            defaultValue = "${env:MILLRACE_INSTANCE_ID}",
            description =
                    "This engine's name (or MILLRACE_INSTANCE_ID); by default the host's name. The same after a restart, so"
                            + " that it has its partitions back at once, and different for each engine: two on one host need one"
                            + " and a --data directory each. Letters, digits, dots, underscores and hyphens.")
    private @Nullable String instanceId;

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

    @Option(
            names = "--standby-replicas",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_STANDBY_REPLICAS:-0}",
            description = "How many other engines keep a warm copy of each partition's state, and so take over faster.")
    private int standbyReplicas;

    @Option(
            names = "--stream-threads",
            paramLabel = "N",
            defaultValue = "${env:MILLRACE_STREAM_THREADS:-1}",
            description = "How many threads share this engine's partitions.")
    private int streamThreads = 1;

    @Option(
            names = "--retention",
            paramLabel = "DURATION|none",
            defaultValue = "${env:MILLRACE_RETENTION:-P30D}",
            converter = Retentions.class,
            description =
                    "How long workflows are kept after their end (or MILLRACE_RETENTION), unless their start says: an ISO 8601"
                            + " duration, such as P30D or PT12H, or \"none\" to keep all. The same for all engines of a namespace.")
    private Retention retention = Retention.DEFAULT;

    /** Says what is wrong in the words of {@link Retention}. */
    static final class Retentions implements ITypeConverter<Retention> {
        @Override
        public Retention convert(String text) {
            try {
                return Retention.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    EngineSettings settings(Cluster cluster) {
        return new EngineSettings(
                cluster,
                instanceId == null || instanceId.isBlank() ? hostName() : instanceId,
                data.toAbsolutePath().normalize(),
                new NewTopics(partitions, replicationFactor),
                new Capacity(standbyReplicas, streamThreads),
                retention);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "this host's name cannot be found out: give the engine an --instance-id", e);
        }
    }
}
