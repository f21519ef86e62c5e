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
}
