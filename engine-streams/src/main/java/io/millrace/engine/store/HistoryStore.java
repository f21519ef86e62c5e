package io.millrace.engine.store;

import io.millrace.schemas.HistoryEntry;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The history of each workflow: one row for each entry, never a list. */
public final class HistoryStore {
    private final Rows rows;
    private final StoredRecords<HistoryEntry> records = new StoredRecords<>(HistoryEntry.class);

    HistoryStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'h');
    }

    /** Adds the next entry. */
    public void append(String workflowId, HistoryEntry entry) {
        rows.put(rows.key().text(workflowId).number(entry.getNumber()).build(), records.encode(entry));
    }

    /** Reads all entries in order. */
    public void read(String workflowId, Consumer<HistoryEntry> entry) {
        try (var found = rows.startingWith(rows.key().text(workflowId).build())) {
            while (found.hasNext()) {
                entry.accept(records.decode(found.next().value));
            }
        }
    }

    /** The first entry, which holds the workflow's start; null where there is no such workflow. */
    public @Nullable HistoryEntry first(String workflowId) {
        return records.decode(rows.get(rows.key().text(workflowId).number(1).build()));
    }
}
