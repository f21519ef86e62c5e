package io.millrace.engine.store;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were written last, up to so many bytes: most workflows that something happens to are those to which something has just happened, and
 * a look into RocksDB's write buffers costs more than decoding the row.
 */
final class RecentRows {
    /** What an entry costs beside its row, in bytes: the map's node, and the id. */
    private static final int ENTRY_BYTES = 150;

    private final long mostBytes;
    private final Map<String, byte[]> rows = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    RecentRows(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    byte @Nullable [] get(String key) {
        return rows.get(key);
    }

    void put(String key, byte[] row) {
        remove(key);
        rows.put(key, row);
        bytes += row.length + ENTRY_BYTES;
        while (bytes > mostBytes) {
            remove(rows.keySet().iterator().next());
        }
    }

    void remove(String key) {
        byte[] removed = rows.remove(key);
        if (removed != null) {
            bytes -= removed.length + ENTRY_BYTES;
        }
    }
}
