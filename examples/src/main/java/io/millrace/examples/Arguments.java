package io.millrace.examples;

import io.millrace.schemas.KafkaProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the command line and the environment of every example say. */
public final class Arguments {
    private static final String BOOTSTRAP_SERVERS = "--bootstrap-servers";

    private Arguments() {}

    /**
     * Which Kafka: {@code localhost:9092} unless there is {@code --bootstrap-servers host:port,...}.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    public static String bootstrapServers(String... args) {
        if (args.length == 0) {
            return "localhost:9092";
        }
        if (args.length != 2 || !args[0].equals(BOOTSTRAP_SERVERS)) {
            throw new IllegalArgumentException("the only option is " + BOOTSTRAP_SERVERS + " host:port,...");
        }
        return args[1];
    }

    /** How to connect to that Kafka, for example with TLS: what is in the file that {@code MILLRACE_KAFKA_CONFIG} names, where it names one. */
    public static Map<String, String> kafka() {
        String file = System.getenv("MILLRACE_KAFKA_CONFIG");
        try {
            return file == null || file.isBlank() ? Map.of() : KafkaProperties.read(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, for a Kafka client that needs these settings of its own. */
    public static Map<String, Object> kafka(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(kafka());
        all.putAll(own);
        return all;
    }
}
