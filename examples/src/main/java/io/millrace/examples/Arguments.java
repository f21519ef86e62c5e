package io.millrace.examples;

import io.millrace.schemas.KafkaProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the command line and the environment of every example say. */
public final class Arguments {
    /** The option that says which Kafka: {@code host:port,...}. */
    public static final String BOOTSTRAP_SERVERS = "--bootstrap-servers";

    private Arguments() {}

    /**
     * Which Kafka: {@code localhost:9092} unless there is {@code --bootstrap-servers host:port,...}.
     *
     * @throws IllegalArgumentException if there is anything else
     */
    public static String bootstrapServers(String... args) {
        return options(Map.of(BOOTSTRAP_SERVERS, "localhost:9092"), args).get(BOOTSTRAP_SERVERS);
    }

    /**
     * What each of these options was given, as {@code --name value}.
     *
     * @param defaults all options that there are, with what they are unless given
     * @throws IllegalArgumentException if there is anything else
     */
    public static Map<String, String> options(Map<String, String> defaults, String... args) {
        Map<String, String> options = new TreeMap<>(defaults);
        for (int n = 0; n < args.length; n += 2) {
            if (!defaults.containsKey(args[n]) || n + 1 == args.length) {
                throw new IllegalArgumentException("\"" + args[n]
                        + "\" is no option with a value; there are, unless given: " + new TreeMap<>(defaults));
            }
            options.put(args[n], args[n + 1]);
        }
        return options;
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
