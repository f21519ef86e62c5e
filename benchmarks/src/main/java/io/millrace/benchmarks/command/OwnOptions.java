package io.millrace.benchmarks.command;

import io.millrace.benchmarks.cluster.ClusterSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the broker and the engine are run that this program starts itself. */
public final class OwnOptions {
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kKmMgG]?");

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of the engine (default: ${DEFAULT-VALUE})")
    private int partitions;

    @Option(
            names = "--engine-heap",
            paramLabel = "SIZE",
            defaultValue = "768m",
            description = "Largest heap of the engine's process (default: ${DEFAULT-VALUE})")
    private String engineHeap = "";

    @Option(
            names = "--engine-java-opts",
            paramLabel = "OPTS",
            defaultValue = "",
            description = "Further Java options of the engine's process, separated by spaces")
    private String engineJavaOpts = "";

    @Option(
            names = "--engine-jfr",
            paramLabel = "FILE",
            description = "Record where the engine spends its time (Java Flight Recorder) into this file")
    private @Nullable Path engineJfr;

    @Option(
            names = "--engine-kafka",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Kafka Streams and its clients in the engine, over the engine's own; several are possible")
    private Map<String, String> engineKafka = new LinkedHashMap<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where data and logs are kept, also afterwards; by default a temporary directory, deleted at the end")
    private @Nullable Path data;

    /** Says what is wrong with them, in words. */
    public void check() {
        Check.atLeast(1, partitions, "--partitions");
        Check.require(
                HEAP.matcher(engineHeap).matches(),
                "--engine-heap must be a size as Java takes it, such as 768m or 2g, not \"" + engineHeap + "\"");
        Check.require(
                data == null || !Files.exists(data) || Files.isDirectory(data),
                "--data must be a directory, or one that is yet to be made: " + data + " is a file");
    }

    /** The engine's largest heap, as Java is told. */
    public String engineHeap() {
        return engineHeap;
    }

    /** What they say for a namespace, and for a Kafka that runs elsewhere, if it does. */
    public ClusterSpec spec(String namespace, @Nullable String bootstrapServers) {
        return new ClusterSpec(
                bootstrapServers, namespace, partitions, engineJava(), engineKafka, Optional.empty(), Map.of(), data);
    }

    /** How broker and engine are run, in a few words. */
    public String words() {
        return "own broker (-Xmx512m), engine (-Xmx" + engineHeap + ", " + partitions + " partitions"
                + (engineKafka.isEmpty() ? "" : ", " + engineKafka) + ")";
    }

    private List<String> engineJava() {
        List<String> java = new ArrayList<>(List.of("-Xmx" + engineHeap, "-XX:+UseParallelGC"));
        Arrays.stream(engineJavaOpts.split(" ")).filter(each -> !each.isBlank()).forEach(java::add);
        if (engineJfr != null) {
            java.add(
                    "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + engineJfr.toAbsolutePath());
        }
        return java;
    }
}
