package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.Command;
import io.millrace.schemas.Failure;
import io.millrace.schemas.serde.MalformedRecordException.Reason;
import io.millrace.schemas.testing.ApicurioRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The serdes against a real registry server. Serializers and deserializers are named, as in a configuration: Confluent's own take
 * part whenever they are on the class path ({@code mvn -Pconfluent verify}), each writing for the other.
 */
class RegistrySerdesIT {
    private static final List<String> SERIALIZERS =
            List.of(MillraceAvroSerializer.class.getName(), "io.confluent.kafka.serializers.KafkaAvroSerializer");
    private static final List<String> DESERIALIZERS =
            List.of(MillraceAvroDeserializer.class.getName(), "io.confluent.kafka.serializers.KafkaAvroDeserializer");

    private static final ApicurioRegistry REGISTRY = ApicurioRegistry.shared();

    static Stream<Arguments> pairs() {
        return SERIALIZERS.stream()
                .filter(RegistrySerdesIT::isThere)
                .flatMap(serializer -> DESERIALIZERS.stream()
                        .filter(RegistrySerdesIT::isThere)
                        .map(deserializer -> Arguments.of(serializer, deserializer)));
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static RecordSerdes serdes(String serializer, String deserializer) {
        return RecordSerdes.from(Map.of(
                "schema.registry.url", REGISTRY.url(),
                "value.serializer", serializer,
                "value.deserializer", deserializer));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldReadWhatWasWritten(String serializer, String deserializer) {
        RecordSerdes serdes = serdes(serializer, deserializer);
        for (long seed = 1; seed <= 5; seed++) {
            for (SpecificRecord sample : Samples.ofEachRoot(seed)) {
                byte[] bytes = write(serdes, sample);

                assertEquals(0, bytes[0], "the Confluent wire format");
                assertEquals(sample, read(serdes, sample.getClass(), bytes), "seed " + seed);
            }
        }
    }

    /** Each type on a topic of its own, as always. */
    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> byte[] write(RecordSerdes serdes, T sample) {
        String topic = "millrace." + sample.getSchema().getName();
        return serdes.serializer((Class<T>) sample.getClass()).serialize(topic, sample);
    }

    private static <T extends SpecificRecord> T read(RecordSerdes serdes, Class<T> type, byte[] bytes) {
        return serdes.deserializer(type).deserialize("millrace." + type.getSimpleName(), bytes);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldLeaveTombstonesAlone(String serializer, String deserializer) {
        RecordSerdes serdes = serdes(serializer, deserializer);

        assertNull(serdes.serializer(Command.class).serialize("t", null));
        assertNull(serdes.deserializer(Command.class).deserialize("t", null));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldRefuseARecordOfAnotherTypeThanIsWanted(String serializer, String deserializer) {
        RecordSerdes serdes = serdes(serializer, deserializer);
        byte[] command = write(serdes, Samples.command());

        var refused = assertThrows(MalformedRecordException.class, () -> read(serdes, Failure.class, command));

        assertEquals(Reason.WRONG_TYPE, refused.reason());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldRefuseMalformedBytesWithAnErrorThatConsumersKnow(String serializer, String deserializer) {
        RecordSerdes serdes = serdes(serializer, deserializer);
        byte[] whole = write(serdes, Samples.command());

        for (byte[] malformed : List.of(
                new byte[] {0, 0, 1},
                new byte[] {0, 127, 0, 0, 1, 2},
                new byte[] {'{', '}'},
                Arrays.copyOf(whole, whole.length - 1),
                Arrays.copyOf(whole, Framing.REGISTRY_HEADER_BYTES))) {
            assertThrows(SerializationException.class, () -> read(serdes, Command.class, malformed));
        }
    }

    @Test
    void shouldSayWhyMalformedBytesAreRefused() {
        RecordSerdes serdes = serdes(SERIALIZERS.get(0), DESERIALIZERS.get(0));
        byte[] whole = write(serdes, Samples.command());
        byte[] unknownId = whole.clone();
        unknownId[1] = 127;

        assertEquals(Reason.UNKNOWN_SCHEMA, reason(serdes, unknownId));
        assertEquals(Reason.TRUNCATED, reason(serdes, Arrays.copyOf(whole, 3)));
        assertEquals(Reason.TRUNCATED, reason(serdes, Arrays.copyOf(whole, whole.length - 1)));
        assertEquals(Reason.CORRUPT, reason(serdes, Arrays.copyOf(whole, whole.length + 1)));
        assertEquals(Reason.EMPTY, reason(serdes, new byte[0]));
    }

    private static Reason reason(RecordSerdes serdes, byte[] bytes) {
        return assertThrows(MalformedRecordException.class, () -> read(serdes, Command.class, bytes))
                .reason();
    }

    @Test
    void shouldReadBothFramingsWithARegistry() {
        byte[] singleObject = new MillraceAvroSerializer().serialize("t", Samples.command());

        Object read = read(serdes(SERIALIZERS.get(0), DESERIALIZERS.get(0)), Command.class, singleObject);

        assertInstanceOf(Command.class, read);
        assertEquals(Samples.command(), read);
    }

    @Test
    void shouldOnlyLookUpWhereRegisteringIsLeftToOthers() {
        RecordSerdes lookingUp =
                RecordSerdes.from(Map.of("schema.registry.url", REGISTRY.url(), "auto.register.schemas", "false"));
        assertThrows(
                SerializationException.class,
                () -> lookingUp.serializer(Command.class).serialize("not-registered", Samples.command()));

        write(serdes(SERIALIZERS.get(0), DESERIALIZERS.get(0)), Samples.command());

        assertEquals(Samples.command(), read(lookingUp, Command.class, write(lookingUp, Samples.command())));
    }
}
