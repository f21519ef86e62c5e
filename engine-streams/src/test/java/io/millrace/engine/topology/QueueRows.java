package io.millrace.engine.topology;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The queues topic as one engine has read it so far, in memory. */
final class QueueRows implements ReadOnlyKeyValueStore<String, byte[]> {
    private final TreeMap<String, byte[]> rows = new TreeMap<>();

    void put(String queue, byte[] settings) {
        rows.put(queue, settings);
    }

    @Override
    public byte @Nullable [] get(String queue) {
        return rows.get(queue);
    }

    @Override
    public KeyValueIterator<String, byte[]> range(String from, String to) {
        return iterator(rows.subMap(from, true, to, true));
    }

    @Override
    public KeyValueIterator<String, byte[]> all() {
        return iterator(rows);
    }

    @Override
    public long approximateNumEntries() {
        return rows.size();
    }

    private static KeyValueIterator<String, byte[]> iterator(Map<String, byte[]> found) {
        Iterator<Map.Entry<String, byte[]>> entries =
                new TreeMap<>(found).entrySet().iterator();
        return new KeyValueIterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public KeyValue<String, byte[]> next() {
                if (!entries.hasNext()) {
                    throw new NoSuchElementException();
                }
                Map.Entry<String, byte[]> next = entries.next();
                return KeyValue.pair(next.getKey(), next.getValue());
            }

            @Override
            public String peekNextKey() {
                throw new UnsupportedOperationException("nobody peeks");
            }

            @Override
            public void close() {}
        };
    }
}
