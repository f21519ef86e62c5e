package io.millrace.benchmarks.load;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the broker and the engine are run that this program starts itself. */
final class OwnOptions {
    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of the engine (default: ${DEFAULT-VALUE})")
    int partitions;

    @Option(
            names = "--engine-heap",
            paramLabel = "SIZE",
            defaultValue = "768m",
            description = "Largest heap of the engine's process (default: ${DEFAULT-VALUE})")
    String engineHeap = "";

    @Option(
            names = "--engine-java-opts",
            paramLabel = "OPTS",
            defaultValue = "",
            description = "Further Java options of the engine's process, separated by spaces")
    String engineJavaOpts = "";

    @Option(
            names = "--engine-kafka",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Kafka Streams and its clients in the engine, over the engine's own; several are possible")
    Map<String, String> engineKafka = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where data and logs are kept, also afterwards; by default a temporary directory, deleted at the end")
    @Nullable
    Path data;
}
