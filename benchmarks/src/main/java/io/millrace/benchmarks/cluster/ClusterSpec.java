package io.millrace.benchmarks.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the processes are to run, and how.
 *
 * @param bootstrapServers a Kafka with a Millrace that run elsewhere; {@code null} for a broker and an engine of its own
 * @param namespace the prefix of all topics
 * @param partitions of the engine, where the namespace is new
 * @param engineJava Java options of the engine's process
 * @param engineKafka settings of Kafka Streams and its clients in the engine
 * @param retention how long the engine keeps finished workflows; empty for what it does by default
 * @param brokerSettings settings of the Kafka broker that replace those of the embedded one
 * @param data where data and logs are kept, also afterwards; {@code null} for a temporary directory that is deleted at the end
 */
public record ClusterSpec(
        @Nullable String bootstrapServers,
        String namespace,
        int partitions,
        List<String> engineJava,
        Map<String, String> engineKafka,
        Optional<Duration> retention,
        Map<String, String> brokerSettings,
        @Nullable Path data) {

    /** Copies its lists and maps. */
    public ClusterSpec {
        engineJava = List.copyOf(engineJava);
        engineKafka = Map.copyOf(engineKafka);
        brokerSettings = Map.copyOf(brokerSettings);
    }

    /** The same with an engine that removes finished workflows after so long. */
    public ClusterSpec withRetention(Duration kept) {
        return new ClusterSpec(
                bootstrapServers,
                namespace,
                partitions,
                engineJava,
                engineKafka,
                Optional.of(kept),
                brokerSettings,
                data);
    }

    /** The same with further Java options of the engine. */
    public ClusterSpec withEngineJava(List<String> more) {
        List<String> java = new ArrayList<>(engineJava);
        java.addAll(more);
        return new ClusterSpec(
                bootstrapServers, namespace, partitions, java, engineKafka, retention, brokerSettings, data);
    }

    /** The same with a broker of these settings. */
    public ClusterSpec withBroker(Map<String, String> settings) {
        return new ClusterSpec(
                bootstrapServers, namespace, partitions, engineJava, engineKafka, retention, settings, data);
    }
}
