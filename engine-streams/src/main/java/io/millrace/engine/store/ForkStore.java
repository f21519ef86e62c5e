package io.millrace.engine.store;

import io.millrace.schemas.ForkOfWorkflow;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The forks of each workflow, the oldest first. */
public final class ForkStore {
    private final Rows rows;
    private final StoredRecords<ForkOfWorkflow> records = new StoredRecords<>(ForkOfWorkflow.class);

    ForkStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'f');
    }

    /** Adds a fork of a workflow. */
    public void add(String sourceId, ForkOfWorkflow fork) {
        rows.put(key(sourceId, fork.getAtMs(), fork.getWorkflowId()), records.encode(fork));
    }

    /** Deletes a fork that was added at a time. */
    public void delete(String sourceId, long atMs, String forkId) {
        rows.delete(key(sourceId, atMs, forkId));
    }

    private Bytes key(String sourceId, long atMs, String forkId) {
        return rows.key().text(sourceId).number(atMs).end(forkId);
    }

    /**
     * Visits the forks of a workflow until the visitor has enough.
     *
     * @param cursor where the last visit ended, or null to begin with the oldest
     * @param visitor says whether to go on
     * @return where to go on; null when there are no more
     */
    public byte @Nullable [] visit(String sourceId, byte @Nullable [] cursor, Predicate<ForkOfWorkflow> visitor) {
        Bytes first = rows.key().text(sourceId).build();
        if (cursor != null && !startsWith(cursor, first.get())) {
            throw new IllegalArgumentException("the cursor is not one of this list");
        }
        Bytes from = cursor == null ? first : new Bytes(cursor);
        Bytes to = rows.key().text(sourceId).number(Long.MAX_VALUE).build();
        try (KeyValueIterator<Bytes, byte[]> found = rows.between(from, to)) {
            while (found.hasNext()) {
                var row = found.next();
                boolean seen = cursor != null && row.key.equals(from);
                if (!seen && !visitor.test(records.decode(row.value))) {
                    return found.hasNext() ? row.key.get() : null;
                }
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] key, byte[] start) {
        return key.length > start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }
}
