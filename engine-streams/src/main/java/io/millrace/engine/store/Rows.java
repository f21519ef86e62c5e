package io.millrace.engine.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * One logical store inside the physical one: all its keys begin with its own byte. Keys are compared as unsigned bytes, so numbers in
 * keys are big-endian and never negative, and a text that is followed by something ends with a zero byte, which no id contains.
 */
final class Rows {
    private static final byte[] NO_VALUE = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;
    private final byte prefix;

    Rows(KeyValueStore<Bytes, byte[]> store, char prefix) {
        this.store = store;
        this.prefix = (byte) prefix;
    }

    byte @Nullable [] get(Bytes key) {
        return store.get(key);
    }

    void put(Bytes key, byte[] value) {
        store.put(key, value);
    }

    void put(Bytes key) {
        store.put(key, NO_VALUE);
    }

    void delete(Bytes key) {
        store.delete(key);
    }

    /** All rows whose keys begin with these bytes, in order. To be closed. */
    KeyValueIterator<Bytes, byte[]> startingWith(Bytes from) {
        return store.range(from, successor(from.get()));
    }

    /** All rows from this key on, as far as the logical store goes, in order. To be closed. */
    KeyValueIterator<Bytes, byte[]> from(Bytes key) {
        return store.range(key, new Bytes(new byte[] {(byte) (prefix + 1)}));
    }

    /** All rows between two keys, both inclusive, in order. To be closed. */
    KeyValueIterator<Bytes, byte[]> between(Bytes from, Bytes to) {
        return store.range(from, to);
    }

    /** A key of this logical store. */
    KeyBuilder key() {
        return new KeyBuilder(prefix);
    }

    /** The part of a key behind the first {@code from} bytes, as text. */
    static String textFrom(byte[] key, int from) {
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }

    /** Where the text that begins at {@code from} ends: the index of its zero byte. */
    static int endOfText(byte[] key, int from) {
        int end = from;
        while (key[end] != 0) {
            end++;
        }
        return end;
    }

    static String text(byte[] key, int from, int to) {
        return new String(key, from, to - from, StandardCharsets.UTF_8);
    }

    static long number(byte[] key, int from) {
        return ByteBuffer.wrap(key, from, Long.BYTES).getLong();
    }

    /** The first key behind all that begin with these bytes. */
    private static Bytes successor(byte[] start) {
        byte[] next = start.clone();
        next[next.length - 1]++;
        return new Bytes(next);
    }

    /** Puts a key together. */
    static final class KeyBuilder {
        private byte[] bytes = new byte[64];
        private int length;

        private KeyBuilder(byte prefix) {
            bytes[length++] = prefix;
        }

        /** A text that ends the key. */
        Bytes end(String text) {
            append(text);
            return build();
        }

        /** A text that something follows. */
        KeyBuilder text(String text) {
            append(text);
            reserve(1);
            bytes[length++] = 0;
            return this;
        }

        KeyBuilder number(long number) {
            reserve(Long.BYTES);
            ByteBuffer.wrap(bytes, length, Long.BYTES).putLong(number);
            length += Long.BYTES;
            return this;
        }

        KeyBuilder one(byte one) {
            reserve(1);
            bytes[length++] = one;
            return this;
        }

        Bytes build() {
            return new Bytes(java.util.Arrays.copyOf(bytes, length));
        }

        private void append(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            reserve(encoded.length);
            System.arraycopy(encoded, 0, bytes, length, encoded.length);
            length += encoded.length;
        }

        private void reserve(int more) {
            if (length + more > bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }
    }
}
