package io.millrace.standalone;

import io.millrace.schemas.Namespace;
import java.util.Map;

/**
 * Which Kafka, and which Millrace on it.
 *
 * @param bootstrapServers brokers as {@code host:port}, separated by commas
 * @param namespace the prefix of all topics
 * @param kafka further settings of Kafka clients, for example for TLS
 */
record Cluster(String bootstrapServers, Namespace namespace, Map<String, String> kafka) {
    Cluster {
        kafka = Map.copyOf(kafka);
    }
}
