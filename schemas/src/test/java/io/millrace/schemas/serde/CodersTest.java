package io.millrace.schemas.serde;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** Our encoder and decoder against Avro's, value by value. */
class CodersTest {
    private final ByteArrayEncoder encoder = new ByteArrayEncoder();

    private interface Writing {
        void to(Encoder out) throws IOException;
    }

    private byte[] writtenAsAvroDoes(Writing writing) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        BinaryEncoder avros = EncoderFactory.get().binaryEncoder(stream, null);
        writing.to(avros);
        avros.flush();
        writing.to(encoder);
        byte[] written = encoder.takeBytes();
        assertArrayEquals(stream.toByteArray(), written);
        return written;
    }

    @Test
    void shouldAgreeWithAvroOnNumbers() throws IOException {
        Random random = new Random(7);
        for (int bits = 0; bits < 64; bits++) {
            for (long value : new long[] {1L << bits, -(1L << bits), (1L << bits) - 1, random.nextLong() >> bits}) {
                assertEquals(
                        value,
                        decoder(writtenAsAvroDoes(out -> out.writeLong(value))).readLong());
                int small = (int) value;
                assertEquals(
                        small,
                        decoder(writtenAsAvroDoes(out -> out.writeInt(small))).readInt());
            }
        }
    }

    @Test
    void shouldAgreeWithAvroOnEverythingElse() throws IOException {
        byte[] written = writtenAsAvroDoes(out -> {
            out.writeBoolean(true);
            out.writeBoolean(false);
            out.writeFloat(-1.5f);
            out.writeDouble(Math.PI);
            out.writeString("");
            out.writeString("Zoë \uD83D\uDE80");
            out.writeString(new Utf8("utf"));
            out.writeBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            out.writeFixed(new byte[] {4, 5, 6, 7}, 1, 2);
            out.writeEnum(3);
            out.writeIndex(1);
            out.writeArrayStart();
            out.setItemCount(2);
            out.startItem();
            out.writeInt(8);
            out.startItem();
            out.writeInt(9);
            out.writeArrayEnd();
            out.writeMapStart();
            out.setItemCount(0);
            out.writeMapEnd();
        });

        ByteArrayDecoder in = decoder(written);
        assertEquals(List.of(true, false), List.of(in.readBoolean(), in.readBoolean()));
        assertEquals(-1.5f, in.readFloat());
        assertEquals(Math.PI, in.readDouble());
        assertEquals("", in.readString());
        assertEquals("Zoë \uD83D\uDE80", in.readString());
        assertEquals(new Utf8("utf"), in.readString(null));
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), in.readBytes(null));
        byte[] fixed = new byte[2];
        in.readFixed(fixed);
        assertArrayEquals(new byte[] {5, 6}, fixed);
        assertEquals(List.of(3, 1), List.of(in.readEnum(), in.readIndex()));
        assertEquals(2, in.readArrayStart());
        assertEquals(List.of(8, 9), List.of(in.readInt(), in.readInt()));
        assertEquals(0, in.arrayNext());
        assertEquals(0, in.readMapStart());
        assertEquals(0, in.remainingBytes());
    }

    @Test
    void shouldSkipWhatItDoesNotRead() throws IOException {
        byte[] written = writtenAsAvroDoes(out -> {
            out.writeString("skipped");
            out.writeBytes(new byte[] {1, 2, 3});
            out.writeFixed(new byte[4]);
            // A block of two entries that tells its size in bytes, and then one that does not.
            out.writeLong(-2);
            out.writeLong(3);
            out.writeFixed(new byte[3]);
            out.writeLong(1);
            out.writeInt(5);
            out.writeLong(0);
            out.writeInt(42);
        });

        ByteArrayDecoder in = decoder(written);
        in.skipString();
        in.skipBytes();
        in.skipFixed(4);
        assertEquals(1, in.skipArray());
        assertEquals(5, in.readInt());
        assertEquals(0, in.skipArray());
        assertEquals(42, in.readInt());
    }

    @Test
    void shouldReadBlocksThatTellTheirSize() throws IOException {
        ByteArrayDecoder in = decoder(writtenAsAvroDoes(out -> {
            out.writeLong(-2);
            out.writeLong(2);
            out.writeInt(1);
            out.writeInt(2);
            out.writeLong(0);
        }));

        assertEquals(2, in.readMapStart());
        assertEquals(List.of(1, 2), List.of(in.readInt(), in.readInt()));
        assertEquals(0, in.mapNext());
    }

    @Test
    void shouldRefuseNumbersThatGoOnAndOnAndBooleansThatAreNone() {
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

        assertThrows(AvroRuntimeException.class, () -> decoder(endless).readInt());
        assertThrows(AvroRuntimeException.class, () -> decoder(endless).readLong());
        assertThrows(AvroRuntimeException.class, () -> decoder(new byte[] {2}).readBoolean());
        assertThrows(EOFException.class, () -> decoder(new byte[] {-1}).readInt());
        assertThrows(EOFException.class, () -> decoder(new byte[3]).readFloat());
    }

    @Test
    void shouldRefuseTheOneCountThatHasNoPositiveCounterpart() throws IOException {
        byte[] written = writtenAsAvroDoes(out -> {
            out.writeLong(Long.MIN_VALUE);
            out.writeLong(0);
        });

        assertThrows(EOFException.class, () -> decoder(written).readArrayStart());
        assertThrows(
                AvroRuntimeException.class, () -> decoder(new byte[] {1, 1}).skipMap());
    }

    @Test
    void shouldLetARecordWriteItself() throws IOException {
        SelfWritten record = new SelfWritten();

        RecordWriter.of(SelfWritten.class).writeSingleObject(record, encoder);

        assertEquals(1, record.written);
    }

    private static ByteArrayDecoder decoder(byte[] bytes) {
        return new ByteArrayDecoder(bytes, 0);
    }

    /** Counts how often it is written by its own code, which Avro calls custom coders and leaves out unless told otherwise. */
    public static final class SelfWritten extends SpecificRecordBase {
        @SuppressWarnings("unused") // Read by Avro, by this name.
        public static final Schema SCHEMA$ =
                SchemaBuilder.record("SelfWritten").namespace("test").fields().endRecord();

        private int written;

        @Override
        protected boolean hasCustomCoders() {
            return true;
        }

        @Override
        public void customEncode(Encoder out) {
            written++;
        }

        @Override
        public Schema getSchema() {
            return SCHEMA$;
        }

        @Override
        public Object get(int field) {
            throw new AssertionError("it has no fields");
        }

        @Override
        public void put(int field, Object value) {
            throw new AssertionError("it has no fields");
        }
    }
}
