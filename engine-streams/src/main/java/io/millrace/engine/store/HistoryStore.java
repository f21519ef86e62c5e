package io.millrace.engine.store;

import io.millrace.schemas.HistoryEntry;
import java.util.function.BiPredicate;
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

    /** An entry as it is stored. */
    public byte[] encode(HistoryEntry entry) {
        return records.encode(entry);
    }

    /** Adds the next entry, encoded. */
    public void append(String workflowId, long number, byte[] encoded) {
        rows.put(rows.key().text(workflowId).number(number).build(), encoded);
    }

    /** Reads all entries in order. */
    public void read(String workflowId, Consumer<HistoryEntry> entry) {
        try (var found = rows.startingWith(rows.key().text(workflowId).build())) {
            while (found.hasNext()) {
                entry.accept(records.decode(found.next().value));
            }
        }
    }

    /**
     * Reads entries in order from one of them on.
     *
     * @param reader is given each entry and its size in bytes, and says whether to go on
     */
    public void readFrom(String workflowId, long number, BiPredicate<HistoryEntry, Integer> reader) {
        Bytes from = rows.key().text(workflowId).number(Math.max(1, number)).build();
        Bytes to = rows.key().text(workflowId).number(Long.MAX_VALUE).build();
        try (var found = rows.between(from, to)) {
            while (found.hasNext()) {
                byte[] row = found.next().value;
                if (!reader.test(records.decode(row), row.length)) {
                    return;
                }
            }
        }
    }

    /** One entry; null where there is none of this number. */
    public @Nullable HistoryEntry find(String workflowId, long number) {
        return records.decode(
                rows.get(rows.key().text(workflowId).number(number).build()));
    }

    /** The first entry, which holds the workflow's start; null where there is no such workflow. */
    public @Nullable HistoryEntry first(String workflowId) {
        return find(workflowId, 1);
    }

    /** Deletes one entry. */
    public void delete(String workflowId, long number) {
        rows.delete(rows.key().text(workflowId).number(number).build());
    }
}
