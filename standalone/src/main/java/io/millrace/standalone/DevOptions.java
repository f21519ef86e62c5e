package io.millrace.standalone;

import io.millrace.schemas.Namespace;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a {@link DevServer}.
 *
 * @param apiPort the port of the API
 * @param kafkaPort the port of the broker in this process
 * @param dataDirectory where everything is kept
 * @param bootstrapServers an external Kafka to use; {@code null} for a broker in this process
 * @param namespace the prefix of all topics
 * @param sampleWorker whether to run the sample workflows
 * @param kafka further settings of the clients of an external Kafka
 */
record DevOptions(
        int apiPort,
        int kafkaPort,
        Path dataDirectory,
        @Nullable String bootstrapServers,
        Namespace namespace,
        boolean sampleWorker,
        Map<String, String> kafka) {
    /** Few, because each costs something in every transaction, and enough to see that there are several. */
    static final int PARTITIONS = 4;

    /** Not the host's name: a laptop changes that with the network, and its engine would wait for the one that was killed. */
    static final String ENGINE_INSTANCE = "dev";
}
