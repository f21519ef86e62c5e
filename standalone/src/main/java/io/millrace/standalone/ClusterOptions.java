package io.millrace.standalone;

import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
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
        Map<String, String> kafka = new HashMap<>();
        if (kafkaConfig != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(kafkaConfig)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(name -> kafka.put(name, properties.getProperty(name)));
        }
        return new Cluster(bootstrapServers, new Namespace(namespace), kafka);
    }
}
