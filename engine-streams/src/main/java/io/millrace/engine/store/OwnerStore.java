package io.millrace.engine.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Which workflows each worker owns. */
public final class OwnerStore {
    /**
     * A workflow that a worker owns.
     *
     * @param grantNumber of the grant that it holds it by (0 where it was started eagerly)
     * @param creditPartition the partition whose credit that used, where it was another one
     */
    public record Owned(
            String workerId,
            String workflowId,
            String queue,
            long grantNumber,
            @Nullable Integer creditPartition) {}

    private static final int CREDIT_PARTITION_AT = Long.BYTES;
    private static final int QUEUE_AT = CREDIT_PARTITION_AT + Integer.BYTES;
    private static final int OWN_CREDIT = -1;

    private final Rows rows;

    /** How many each worker owns: so that it is known without a scan whom to watch. */
    private final Map<String, Integer> counts = new HashMap<>();

    private final Map<String, Integer> countsByQueue = new HashMap<>();

    OwnerStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'o');
        all().forEach(this::count);
    }

    void add(Owned owned) {
        byte[] queue = owned.queue().getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate(QUEUE_AT + queue.length);
        value.putLong(owned.grantNumber());
        value.putInt(owned.creditPartition() == null ? OWN_CREDIT : owned.creditPartition());
        rows.put(key(owned), value.put(queue).array());
        count(owned);
    }

    void remove(Owned owned) {
        rows.delete(key(owned));
        counts.computeIfPresent(owned.workerId(), OwnerStore::oneLess);
        countsByQueue.computeIfPresent(owned.queue(), OwnerStore::oneLess);
    }

    private void count(Owned owned) {
        counts.merge(owned.workerId(), 1, Integer::sum);
        countsByQueue.merge(owned.queue(), 1, Integer::sum);
    }

    private static @Nullable Integer oneLess(String key, Integer count) {
        return count == 1 ? null : count - 1;
    }

    /** How many workflows of each queue somebody owns. */
    public Map<String, Integer> countsByQueue() {
        return Map.copyOf(countsByQueue);
    }

    /** The workers that own something. */
    public Set<String> workers() {
        return Set.copyOf(counts.keySet());
    }

    /** What a worker owns, no more than {@code limit}. */
    public List<Owned> ownedBy(String workerId, int limit) {
        try (var found = rows.startingWith(rows.key().text(workerId).build())) {
            return read(found, limit);
        }
    }

    /** Everything that anybody owns. */
    public List<Owned> all() {
        try (var found = rows.from(rows.key().build())) {
            return read(found, Integer.MAX_VALUE);
        }
    }

    private static List<Owned> read(KeyValueIterator<Bytes, byte[]> found, int limit) {
        List<Owned> owned = new ArrayList<>();
        while (found.hasNext() && owned.size() < limit) {
            KeyValue<Bytes, byte[]> row = found.next();
            byte[] key = row.key.get();
            int end = Rows.endOfText(key, 1);
            int creditPartition = ByteBuffer.wrap(row.value).getInt(CREDIT_PARTITION_AT);
            owned.add(new Owned(
                    Rows.text(key, 1, end),
                    Rows.textFrom(key, end + 1),
                    Rows.textFrom(row.value, QUEUE_AT),
                    Rows.number(row.value, 0),
                    creditPartition == OWN_CREDIT ? null : creditPartition));
        }
        return owned;
    }

    private Bytes key(Owned owned) {
        return rows.key().text(owned.workerId()).end(owned.workflowId());
    }
}
