package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Command;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.serde.MalformedRecordException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRecordTest {
    private final MillraceAvroSerializer serializer = new MillraceAvroSerializer();
    private final MillraceAvroDeserializer deserializer = new MillraceAvroDeserializer();

    private interface Body {
        void to(Encoder out) throws IOException;
    }

    private MalformedRecordException refused(byte[] bytes) {
        return assertThrows(MalformedRecordException.class, () -> deserializer.deserialize("orders", bytes));
    }

    private static byte[] framed(Schema schema, Body body) throws IOException {
        ByteArrayEncoder encoder = new ByteArrayEncoder();
        byte[] header = Framing.singleObjectHeader(SchemaNormalization.parsingFingerprint64(schema));
        encoder.writeFixed(header, 0, header.length);
        body.to(encoder);
        return encoder.takeBytes();
    }

    @Test
    void shouldSayThatThereIsNothing() {
        assertEquals(Reason.EMPTY, refused(new byte[0]).reason());
    }

    @Test
    void shouldSayThatItIsNoFramingItKnows() {
        byte[] json = "{\"commandId\":\"c-1\"}".getBytes(StandardCharsets.UTF_8);
        byte[] otherVersion = serializer.serialize("orders", Samples.command());
        otherVersion[1] = 2;

        assertEquals(Reason.UNKNOWN_FRAMING, refused(json).reason());
        assertEquals(Reason.UNKNOWN_FRAMING, refused(otherVersion).reason());
    }

    @Test
    void shouldSayThatNoRegistryIsConfigured() {
        MalformedRecordException refused = refused(new byte[] {0, 0, 0, 0, 1, 2});

        assertEquals(Reason.REGISTRY_NOT_CONFIGURED, refused.reason());
        assertTrue(refused.getMessage().contains("schema.registry.url"), refused.getMessage());
    }

    @Test
    void shouldSayThatNobodyKnowsTheSchema() {
        byte[] bytes = serializer.serialize("orders", Samples.command());
        bytes[5] ^= 1;

        assertEquals(Reason.UNKNOWN_SCHEMA, refused(bytes).reason());
    }

    @Test
    void shouldRefuseEveryRecordThatIsCutShort() {
        byte[] whole = serializer.serialize("orders", Samples.command());
        for (int length = 1; length < whole.length; length++) {
            assertEquals(
                    Reason.TRUNCATED, refused(Arrays.copyOf(whole, length)).reason(), "first " + length + " bytes");
        }
    }

    @Test
    void shouldRefuseWhatIsLeftOverAfterARecord() {
        byte[] whole = serializer.serialize("orders", Samples.command());

        assertEquals(
                Reason.CORRUPT, refused(Arrays.copyOf(whole, whole.length + 1)).reason());
    }

    @Test
    void shouldNeverRepeatWhatARecordContains() {
        Command secret = Samples.command();
        secret.setReason("a secret");
        byte[] whole = serializer.serialize("orders", secret);

        for (MalformedRecordException e : List.of(
                refused(Arrays.copyOf(whole, whole.length - 1)), refused(Arrays.copyOf(whole, whole.length + 9)))) {
            assertFalse(e.toString().contains("secret"), e.toString());
            assertTrue(e.getMessage().contains("io.millrace.schemas.Command"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 1L << 20, Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE})
    void shouldNotBelieveAForgedLength(long length) throws IOException {
        byte[] string = framed(Payload.SCHEMA$, out -> out.writeLong(length));
        byte[] bytes = framed(Payload.SCHEMA$, out -> {
            out.writeString("json");
            out.writeLong(length);
        });
        byte[] array = framed(WorkerEvent.SCHEMA$, out -> {
            out.writeString("w");
            out.writeLong(1);
            out.writeLong(length);
            out.writeFixed(new byte[30]);
        });
        byte[] map = framed(WorkflowState.SCHEMA$, out -> {
            out.writeString("id");
            out.writeString("type");
            out.writeEnum(1);
            out.writeIndex(0);
            out.writeString("queue");
            out.writeIndex(0);
            out.writeLong(length);
            out.writeFixed(new byte[30]);
        });

        for (byte[] forged : List.of(string, bytes, array, map)) {
            assertEquals(Reason.TRUNCATED, refused(forged).reason());
        }
    }

    @Test
    void shouldRefuseImpossibleValues() throws IOException {
        byte[] negativeLength = framed(Payload.SCHEMA$, out -> out.writeLong(-1));
        byte[] noSuchBranch = framed(Command.SCHEMA$, out -> {
            out.writeString("id");
            out.writeString("issuer");
            out.writeIndex(7);
        });
        byte[] noSuchSymbol = framed(WorkflowState.SCHEMA$, out -> {
            out.writeString("id");
            out.writeString("type");
            out.writeEnum(99);
        });

        for (byte[] impossible : List.of(negativeLength, noSuchBranch, noSuchSymbol)) {
            assertEquals(Reason.CORRUPT, refused(impossible).reason());
        }
    }

    @Test
    void shouldRefuseARecordOfAnotherTypeThanIsWanted() {
        RecordSerdes serdes = RecordSerdes.from(Map.of());
        byte[] command = serdes.serializer(Command.class).serialize("orders", Samples.command());

        var refused = assertThrows(
                MalformedRecordException.class,
                () -> serdes.deserializer(WorkerEvent.class).deserialize("orders", command));

        assertEquals(Reason.WRONG_TYPE, refused.reason());
        assertTrue(refused.getMessage().contains("WorkerEvent"), refused.getMessage());
    }
}
