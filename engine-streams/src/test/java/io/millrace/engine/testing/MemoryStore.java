package io.millrace.engine.testing;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store in memory, in the order of unsigned bytes like the real one. Its iterators fail when the store is changed under
 * them, and it knows whether all of them were closed and how many rows they read.
 */
public final class MemoryStore implements KeyValueStore<Bytes, byte[]> {
    private final NavigableMap<Bytes, byte[]> rows = new TreeMap<>();
    private int openIterators;
    private long rowsRead;
    private @Nullable Bytes lastRangeFrom;

    /** How many iterators were not closed. */
    public int openIterators() {
        return openIterators;
    }

    /** How many rows all iterators together have read. */
    public long rowsRead() {
        return rowsRead;
    }

    /** Where the last range began: the real store passes over all that was deleted behind it. */
    public @Nullable Bytes lastRangeFrom() {
        return lastRangeFrom;
    }

    /** All rows as they are now. */
    public Map<Bytes, byte[]> rows() {
        return rows;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value.clone());
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        return rows.putIfAbsent(key, value.clone());
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        return rows.remove(key);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return rows.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        lastRangeFrom = from;
        // The real store answers a range that ends before it begins with nothing.
        return new Rows(
                from.compareTo(to) > 0
                        ? Map.<Bytes, byte[]>of().entrySet().iterator()
                        : rows.subMap(from, true, to, true).entrySet().iterator());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Rows(rows.entrySet().iterator());
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // It has no changelog to restore from.
    }

    @Override
    public void close() {
        // It holds nothing but memory.
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    private final class Rows implements KeyValueIterator<Bytes, byte[]> {
        private final Iterator<Map.Entry<Bytes, byte[]>> entries;

        private Rows(Iterator<Map.Entry<Bytes, byte[]>> entries) {
            this.entries = entries;
            openIterators++;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> entry = entries.next();
            rowsRead++;
            return KeyValue.pair(entry.getKey(), entry.getValue());
        }

        @Override
        public Bytes peekNextKey() {
            throw new UnsupportedOperationException("the engine does not peek");
        }

        @Override
        public void close() {
            openIterators--;
        }
    }
}
