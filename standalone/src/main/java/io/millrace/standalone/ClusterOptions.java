package io.millrace.standalone;

import io.millrace.schemas.KafkaProperties;
import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of everything that connects to an external Kafka. Each can come from the environment, as containers do it. */
final class ClusterOptions {
    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            required = true,
            defaultValue = "${env:MILLRACE_BOOTSTRAP_SERVERS}",
            description = "The Kafka brokers (or MILLRACE_BOOTSTRAP_SERVERS).")
    private String bootstrapServers = "";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "${env:MILLRACE_NAMESPACE:-millrace}",
            description = "Prefix of all topics (or MILLRACE_NAMESPACE).")
    private String namespace = Namespace.DEFAULT.name();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:MILLRACE_KAFKA_CONFIG}",
            description = "Properties for Kafka's clients, for example for TLS (or MILLRACE_KAFKA_CONFIG).")
    private @Nullable Path kafkaConfig;

    Cluster cluster() throws IOException {
        Map<String, String> kafka = kafkaConfig == null ? Map.of() : KafkaProperties.read(kafkaConfig);
        return new Cluster(bootstrapServers, new Namespace(namespace), kafka);
    }
}
