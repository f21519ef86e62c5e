package io.millrace.engine.store;

import io.millrace.schemas.store.Leftover;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What is still to be deleted of workflows that were purged and were too large for one go. Few at any time, and known in memory too. */
public final class LeftoverStore {
    private final Rows rows;
    private final StoredRecords<Leftover> records = new StoredRecords<>(Leftover.class);
    private final Map<String, Leftover> known = new HashMap<>();

    LeftoverStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'x');
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(rows.key().build())) {
            while (found.hasNext()) {
                var row = found.next();
                known.put(Rows.textFrom(row.key.get(), 1), records.decode(row.value));
            }
        }
    }

    /** A workflow of which something is left; null where there is none. */
    public @Nullable String any() {
        return known.isEmpty() ? null : known.keySet().iterator().next();
    }

    /** What is left of a workflow; null where nothing is. */
    public @Nullable Leftover find(String workflowId) {
        return known.get(workflowId);
    }

    /** Keeps what is left of a workflow. */
    public void put(String workflowId, Leftover leftover) {
        known.put(workflowId, leftover);
        rows.put(rows.key().end(workflowId), records.encode(leftover));
    }

    /** Nothing is left of a workflow. */
    public void delete(String workflowId) {
        known.remove(workflowId);
        rows.delete(rows.key().end(workflowId));
    }
}
