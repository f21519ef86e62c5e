package io.millrace.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from one array, and believes no length that the array cannot hold.
 *
 * <p>Avro's own decoder lets an announced number of entries through up to 2^31 and leaves it to whoever reads to doubt it. Not all
 * do: the decoders that Avro generates for records make room for all entries before they read the first, so that 16 forged bytes are
 * an {@code OutOfMemoryError}. Here an array or map may announce at most as many entries as there are bytes left, which every
 * record of ours keeps to, because no element of it is empty. Strings and bytes are held to the same.
 */
final class ByteArrayDecoder extends Decoder {
    private static final int MAX_INT_SHIFT = 28;
    private static final int MAX_LONG_SHIFT = 63;

    private final byte[] bytes;
    private int position;

    ByteArrayDecoder(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.position = offset;
    }

    @Override
    public int remainingBytes() {
        return bytes.length - position;
    }

    private byte next() throws EOFException {
        if (position >= bytes.length) {
            throw new EOFException("the record ends within a value");
        }
        return bytes[position++];
    }

    /** Goes on by that many bytes and returns where they begin. */
    private int advance(long length) throws EOFException {
        if (length < 0) {
            throw new AvroRuntimeException("a length is negative: " + length);
        }
        if (length > remainingBytes()) {
            throw new EOFException(length + " bytes are announced and " + remainingBytes() + " are left");
        }
        int start = position;
        position += (int) length;
        return start;
    }

    @Override
    public void readNull() {
        // Takes no byte.
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = next();
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("a boolean is neither 0 nor 1: " + value);
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        int encoded = 0;
        for (int shift = 0; shift <= MAX_INT_SHIFT; shift += 7) {
            byte part = next();
            encoded |= (part & 0x7f) << shift;
            if (part >= 0) {
                return (encoded >>> 1) ^ -(encoded & 1);
            }
        }
        throw new AvroRuntimeException("an int is longer than 5 bytes");
    }

    @Override
    public long readLong() throws IOException {
        long encoded = 0;
        for (int shift = 0; shift <= MAX_LONG_SHIFT; shift += 7) {
            byte part = next();
            encoded |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return (encoded >>> 1) ^ -(encoded & 1);
            }
        }
        throw new AvroRuntimeException("a long is longer than 10 bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return littleEndian(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return littleEndian(Double.BYTES).getDouble();
    }

    private ByteBuffer littleEndian(int length) throws EOFException {
        return ByteBuffer.wrap(bytes, advance(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String readString() throws IOException {
        long length = readLong();
        return new String(bytes, advance(length), (int) length, StandardCharsets.UTF_8);
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public void skipString() throws IOException {
        advance(readLong());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        long length = readLong();
        int start = advance(length);
        byte[] copy = new byte[(int) length];
        System.arraycopy(bytes, start, copy, 0, copy.length);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() throws IOException {
        advance(readLong());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, advance(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        advance(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return readBlockCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return readBlockCount();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return readBlockCount();
    }

    @Override
    public long mapNext() throws IOException {
        return readBlockCount();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    /** How many entries the next block holds; a negative number is followed by the block's size in bytes. */
    private long readBlockCount() throws IOException {
        long count = readLong();
        if (count < 0) {
            long size = readLong();
            if (size < 0 || size > remainingBytes()) {
                throw new EOFException("a block of " + size + " bytes is announced, " + remainingBytes() + " are left");
            }
            count = -count;
        }
        return bounded(count);
    }

    /** Skips whole blocks where they tell their size; otherwise says how many entries the caller has to skip. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            advance(readLong());
            count = readLong();
        }
        return bounded(count);
    }

    private long bounded(long count) throws EOFException {
        // Negative still: the one number that has no positive counterpart.
        if (count < 0 || count > remainingBytes()) {
            throw new EOFException(count + " entries are announced and " + remainingBytes() + " bytes are left");
        }
        return count;
    }
}
