package io.millrace.schemas;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Settings of Kafka clients that users give: one file for everything that connects to a cluster. Most is theirs to choose, above all how to
 * connect securely. What Millrace rests on is refused by name, instead of being dropped silently or breaking it later.
 */
public final class KafkaProperties {
    private static final String GUARANTEES = "Millrace's guarantees rest on its own value";

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("bootstrap.servers", "it is given by itself, for example with --bootstrap-servers"),
            Map.entry("application.id", "it is made of the namespace"),
            Map.entry("processing.guarantee", GUARANTEES),
            Map.entry("acks", GUARANTEES),
            Map.entry("enable.idempotence", GUARANTEES),
            Map.entry("transactional.id", GUARANTEES),
            Map.entry("isolation.level", GUARANTEES),
            Map.entry("enable.auto.commit", GUARANTEES),
            Map.entry("auto.offset.reset", GUARANTEES),
            Map.entry("partitioner.class", "a workflow's records belong on the partition of its id"),
            Map.entry("group.id", "the engine's is made of the namespace, and nothing else has one"),
            Map.entry("group.instance.id", "it is the engine's --instance-id"),
            Map.entry("group.protocol", "the engine needs the one that it is built for"),
            Map.entry("key.serializer", "Millrace writes its own records"),
            Map.entry("value.serializer", "Millrace writes its own records"),
            Map.entry("key.deserializer", "Millrace reads its own records"),
            Map.entry("value.deserializer", "Millrace reads its own records"));

    /** In front of a setting for one of the engine's clients. */
    private static final List<String> CLIENTS =
            List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.");

    private KafkaProperties() {}

    /**
     * Reads a properties file.
     *
     * @throws IOException if it cannot be read; the message names the file
     * @throws IllegalArgumentException if it sets what it may not
     */
    public static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the Kafka settings in " + file + " cannot be read: " + e, e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        check(settings);
        return Map.copyOf(settings);
    }

    /**
     * Checks settings that users give.
     *
     * @throws IllegalArgumentException if one of them is not theirs to choose; the message names it and says why
     */
    public static void check(Map<String, ?> settings) {
        for (String name : new TreeSet<>(settings.keySet())) {
            String reason = FIXED.get(withoutClient(name));
            if (reason != null) {
                throw new IllegalArgumentException(
                        "the Kafka setting " + name + " cannot be changed: " + reason + ". Leave it out");
            }
        }
    }

    private static String withoutClient(String name) {
        return CLIENTS.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }
}
