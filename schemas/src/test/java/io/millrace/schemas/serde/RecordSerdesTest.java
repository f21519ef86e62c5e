package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSerdesTest {
    @Test
    void shouldWriteAndReadWithoutAnyConfiguration() {
        Serde<Command> serde = RecordSerdes.from(Map.of()).serde(Command.class);

        byte[] bytes = serde.serializer().serialize("t", Samples.command());

        assertEquals(Samples.command(), serde.deserializer().deserialize("t", bytes));
        assertNull(serde.serializer().serialize("t", null));
        assertNull(serde.deserializer().deserialize("t", null));
    }

    @Test
    void shouldUseTheClassesThatAreNamedAndConfigureThem() {
        RecordSerdes serdes =
                RecordSerdes.from(Map.of("value.serializer", Named.class.getName(), "value.deserializer", Named.class));

        byte[] bytes = serdes.serializer(Command.class).serialize("t", Samples.command());

        assertEquals("true", new String(bytes, StandardCharsets.UTF_8));
        Failure read = serdes.deserializer(Failure.class).deserialize("t", bytes);
        assertEquals("true", read.getType());
        assertThrows(
                MalformedRecordException.class,
                () -> serdes.deserializer(Command.class).deserialize("t", bytes));
    }

    @Test
    void shouldTurnWhatANamedDeserializerThrowsIntoAnErrorThatConsumersKnow() {
        RecordSerdes serdes = RecordSerdes.from(Map.of("value.deserializer", Named.class));

        var refused = assertThrows(
                SerializationException.class,
                () -> serdes.deserializer(Failure.class).deserialize("t", new byte[0]));

        assertInstanceOf(IllegalStateException.class, refused.getCause());
    }

    @Test
    void shouldNameTheSettingThatNamesNoUsableClass() {
        for (Object unusable : new Object[] {"no.such.Class", String.class, "java.lang.Object"}) {
            RecordSerdes serdes = RecordSerdes.from(Map.of("value.serializer", unusable));

            var refused = assertThrows(ConfigException.class, () -> serdes.serializer(Command.class));

            assertTrue(refused.getMessage().contains("value.serializer"), refused.getMessage());
        }
    }

    /** Stands in for someone else's serializer: writes a setting, and reads it into a record. */
    public static final class Named implements Serializer<Object>, Deserializer<Object> {
        private String setting = "";

        @Override
        public void configure(Map<String, ?> config, boolean isKey) {
            setting = String.valueOf(config.get("specific.avro.reader"));
        }

        @Override
        public byte[] serialize(String topic, @Nullable Object value) {
            return setting.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object deserialize(String topic, byte[] bytes) {
            if (bytes.length == 0) {
                throw new IllegalStateException("as some do");
            }
            return new Failure(setting, "", null);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
