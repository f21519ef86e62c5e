package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaPropertiesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatIsTheUsersToChoose() throws IOException {
        Path file = Files.writeString(directory.resolve("kafka.properties"), """
                # how to connect
                security.protocol=SASL_SSL
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
                    username="alice" password="x=y";
                schema.registry.url=http://registry:8081
                """);

        Map<String, String> settings = KafkaProperties.read(file);

        assertEquals("SASL_SSL", settings.get("security.protocol"));
        assertTrue(settings.get("sasl.jaas.config").endsWith("username=\"alice\" password=\"x=y\";"));
        assertEquals(3, settings.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "acks",
                "producer.acks",
                "main.consumer.isolation.level",
                "admin.bootstrap.servers",
                "group.id",
                "consumer.group.instance.id",
                "value.serializer",
            })
    void shouldRefuseByNameWhatMillraceRestsOn(String setting) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> KafkaProperties.check(Map.of(setting, "secret", "linger.ms", "5")))
                .getMessage();

        assertTrue(message.contains(" " + setting + " "), message);
        assertFalse(message.contains("secret"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client.id", "linger.ms", "main.consumer.max.poll.records", "ssl.truststore.location"})
    void shouldLetTheRestThrough(String setting) {
        assertDoesNotThrow(() -> KafkaProperties.check(Map.of(setting, "x")));
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() {
        Path missing = directory.resolve("missing");

        assertTrue(assertThrows(IOException.class, () -> KafkaProperties.read(missing))
                .getMessage()
                .contains(missing.toString()));
    }
}
