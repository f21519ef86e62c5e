package io.millrace.engine.store;

import io.millrace.schemas.store.StoredWorkflow;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The state of each workflow. */
public final class WorkflowStore {
    /** Of rows kept at hand, for each partition: some thousands, and so the workflows of a busy second. */
    private static final long RECENT_BYTES = 4L << 20;

    private final Rows rows;
    private final KnownIds known = new KnownIds();
    private final RecentRows recent = new RecentRows(RECENT_BYTES);
    private final StoredRecords<StoredWorkflow> records = new StoredRecords<>(StoredWorkflow.class);

    WorkflowStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'w');
    }

    /** The workflow, as a copy that the caller may change. */
    public @Nullable StoredWorkflow find(String workflowId) {
        if (!known.mayContain(workflowId)) {
            return null;
        }
        byte[] row = recent.get(workflowId);
        return records.decode(row != null ? row : rows.get(rows.key().end(workflowId)));
    }

    /** Reads all workflows, in no order that means anything, and knows them from then on. To be called once, before anything else. */
    void open(Consumer<StoredWorkflow> workflow) {
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(rows.key().build())) {
            while (found.hasNext()) {
                StoredWorkflow next = Objects.requireNonNull(records.decode(found.next().value));
                known.add(next.getState().getWorkflowId());
                workflow.accept(next);
            }
        }
    }

    /**
     * Reads workflows in the order of their ids.
     *
     * @param after the id behind which to begin; null to begin with the first one
     * @param limit how many to read at most
     * @param visitor must not change the store
     * @return the id behind which to go on; null where there are no more
     */
    public @Nullable String visit(@Nullable String after, int limit, Consumer<StoredWorkflow> visitor) {
        Bytes from = after == null ? rows.key().build() : rows.key().end(after);
        String last = after;
        int read = 0;
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(from)) {
            while (found.hasNext() && read < limit) {
                var row = found.next();
                String id = Rows.textFrom(row.key.get(), 1);
                if (!id.equals(after)) {
                    visitor.accept(Objects.requireNonNull(records.decode(row.value)));
                    last = id;
                    read++;
                }
            }
            return found.hasNext() ? last : null;
        }
    }

    /** A state as it is stored. */
    public byte[] encode(StoredWorkflow workflow) {
        return records.encode(workflow);
    }

    /** Stores the first state of a workflow, encoded. */
    public void add(String workflowId, byte[] encoded) {
        known.add(workflowId);
        save(workflowId, encoded);
    }

    /** Stores the new state of a workflow that was there before, encoded. */
    public void save(String workflowId, byte[] encoded) {
        rows.put(rows.key().end(workflowId), encoded);
        recent.put(workflowId, encoded);
    }

    /** Deletes the state of a workflow. */
    public void delete(String workflowId) {
        known.remove(workflowId);
        recent.remove(workflowId);
        rows.delete(rows.key().end(workflowId));
    }
}
