package io.millrace.benchmarks.command;

import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A Kafka that runs elsewhere, and the Millrace on it. What is done without it is each command's to say. */
public final class KafkaOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka of a Millrace that runs (without it: see above)")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_CONFIG}",
            description = "Properties for the clients of that Kafka, for example for TLS (or MILLRACE_KAFKA_CONFIG)")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "millrace",
            description = "The Millrace on that Kafka: the prefix of its topics (default: ${DEFAULT-VALUE})")
    private String namespace = "millrace";

    /** Says what is wrong with them, in words. */
    public void check() {
        Check.read("--namespace", namespace, Namespace::new);
    }

    /** Where it is, if it was said. */
    public Optional<String> bootstrapServers() {
        return Optional.ofNullable(bootstrapServers);
    }

    /** The prefix of all topics. */
    public String namespace() {
        return namespace;
    }

    /** The file of settings, if it was said. */
    public Optional<Path> config() {
        return Optional.ofNullable(kafkaConfig);
    }

    /** The settings in the file. */
    public Map<String, String> properties() throws IOException {
        return kafkaConfig == null ? Map.of() : KafkaProperties.read(kafkaConfig);
    }
}
