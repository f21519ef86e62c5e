package io.millrace.engine.store;

import io.millrace.schemas.store.ToldToQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What queues with limits were told last of workflows of this partition. */
public final class ToldStore {
    private final Rows rows;
    private final StoredRecords<ToldToQueue> records = new StoredRecords<>(ToldToQueue.class);

    /** How many there are of each queue: so that workflows of others need not be looked up. */
    private final Map<String, Long> counts = new HashMap<>();

    private long highestFound;

    ToldStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'q');
        forEach((workflowId, told) -> {
            counts.merge(told.getQueue(), 1L, Long::sum);
            highestFound = Math.max(highestFound, told.getTicket());
        });
    }

    /** The highest ticket of those that were stored when this store was opened; 0 where there were none. */
    public long highestTicket() {
        return highestFound;
    }

    /** Whether the queue was told of any workflow that has not left it. */
    public boolean hasAnyOf(String queue) {
        return counts.containsKey(queue);
    }

    /** What was told of a workflow; null where nothing was, or that it has left. */
    public @Nullable ToldToQueue find(String workflowId) {
        return records.decode(rows.get(rows.key().end(workflowId)));
    }

    /** Stores what is told now instead of what was told before. */
    public void replace(String workflowId, @Nullable ToldToQueue before, @Nullable ToldToQueue after) {
        if (before != null) {
            counts.computeIfPresent(before.getQueue(), (queue, count) -> count == 1 ? null : count - 1);
        }
        if (after == null) {
            rows.delete(rows.key().end(workflowId));
        } else {
            counts.merge(after.getQueue(), 1L, Long::sum);
            rows.put(rows.key().end(workflowId), records.encode(after));
        }
    }

    /** All of them. */
    public void forEach(BiConsumer<String, ToldToQueue> row) {
        try (KeyValueIterator<Bytes, byte[]> found = rows.from(rows.key().build())) {
            while (found.hasNext()) {
                var next = found.next();
                row.accept(Rows.textFrom(next.key.get(), 1), records.decode(next.value));
            }
        }
    }
}
