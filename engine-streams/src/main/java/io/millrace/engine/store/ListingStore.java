package io.millrace.engine.store;

import io.millrace.schemas.ListPosition;
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
     * @param after only those behind this place, or null to begin with the newest
     * @param visitor says whether to go on
     */
    public void visit(@Nullable ListPosition after, Predicate<String> visitor) {
        Bytes from = after == null ? key(Long.MAX_VALUE, "") : key(after.getCreatedAtMs(), after.getWorkflowId());
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(from)) {
            while (found.hasNext()) {
                Bytes key = found.next().key;
                boolean behind = after == null || !key.equals(from);
                if (behind && !visitor.test(Rows.textFrom(key.get(), 1 + Long.BYTES))) {
                    return;
                }
            }
        }
    }

    private Bytes key(long createdAtMs, String workflowId) {
        return rows.key().number(Long.MAX_VALUE - createdAtMs).end(workflowId);
    }
}
