package io.millrace.engine.store;

import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** All workflows, the newest first. */
public final class ListingStore {
    private final Rows rows;

    ListingStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'i');
    }

    void add(long createdAtMs, String workflowId) {
        rows.put(key(createdAtMs, workflowId));
    }

    /**
     * Visits workflow ids, the newest first, until the visitor has enough.
     *
     * @param createdBeforeMs only those created before this time
     * @param cursor where the last visit ended, or null to begin with the newest
     * @param visitor says whether to go on
     * @return where to go on, or null when there are no more
     * @throws IllegalArgumentException if the cursor is none of ours
     */
    public byte @Nullable [] visit(long createdBeforeMs, byte @Nullable [] cursor, Predicate<String> visitor) {
        Bytes first = key(createdBeforeMs - 1, "");
        Bytes after = cursor == null ? null : checked(cursor);
        Bytes from = after != null && after.compareTo(first) > 0 ? after : first;
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(from)) {
            while (found.hasNext()) {
                Bytes key = found.next().key;
                if (key.equals(after)) {
                    continue;
                }
                if (!visitor.test(Rows.textFrom(key.get(), 1 + Long.BYTES))) {
                    return found.hasNext() ? key.get() : null;
                }
            }
        }
        return null;
    }

    /** A cursor comes back from outside: it must not lead out of this logical store. */
    private Bytes checked(byte[] cursor) {
        byte[] start = rows.key().build().get();
        if (cursor.length <= start.length + Long.BYTES || cursor[0] != start[0]) {
            throw new IllegalArgumentException("the cursor is not one that this engine gave");
        }
        return new Bytes(cursor);
    }

    private Bytes key(long createdAtMs, String workflowId) {
        return rows.key().number(Long.MAX_VALUE - createdAtMs).end(workflowId);
    }
}
