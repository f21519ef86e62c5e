package io.millrace.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/**
 * Writes Avro's binary encoding straight into one growing array that is used again for the next record, so that a record
 * is copied once, to its exact size. (Avro's own encoders write through a buffer and a stream: two copies more.)
 *
 * <p>Not safe for use by several threads at once.
 */
final class ByteArrayEncoder extends BinaryEncoder {
    private static final int INITIAL_BYTES = 512;

    /** A larger array is given up after its record, so that one large payload does not stay in memory for good. */
    private static final int KEPT_BYTES = 64 * 1024;

    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int size;

    /** What was written since the last call, which also makes it ready for the next record. */
    byte[] takeBytes() {
        byte[] taken = Arrays.copyOf(bytes, size);
        reset();
        return taken;
    }

    /** Forgets what was written: a record that could not be written to its end must not be found before the next. */
    void reset() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    private void ensureRoom(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, needed), Integer.MAX_VALUE - 8L));
        }
    }

    @Override
    protected void writeZero() {
        ensureRoom(1);
        bytes[size++] = 0;
    }

    @Override
    public void writeBoolean(boolean value) {
        ensureRoom(1);
        bytes[size++] = value ? (byte) 1 : 0;
    }

    @Override
    public void writeInt(int value) {
        ensureRoom(MAX_INT_BYTES);
        size += BinaryData.encodeInt(value, bytes, size);
    }

    @Override
    public void writeLong(long value) {
        ensureRoom(MAX_LONG_BYTES);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    @Override
    public void writeFloat(float value) {
        ensureRoom(Float.BYTES);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    @Override
    public void writeDouble(double value) {
        ensureRoom(Double.BYTES);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    @Override
    public void writeString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writeInt(utf8.length);
        writeFixed(utf8, 0, utf8.length);
    }

    @Override
    public void writeFixed(byte[] value, int start, int length) {
        ensureRoom(length);
        System.arraycopy(value, start, bytes, size, length);
        size += length;
    }

    @Override
    public void writeFixed(ByteBuffer value) {
        int length = value.remaining();
        ensureRoom(length);
        // A duplicate, because the caller's position must stay where it is.
        value.duplicate().get(bytes, size, length);
        size += length;
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {
        // Everything is where it belongs as soon as it is written.
    }
}
