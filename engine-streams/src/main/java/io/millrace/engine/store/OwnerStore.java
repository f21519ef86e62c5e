package io.millrace.engine.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which workflows each worker owns. */
public final class OwnerStore {
    /** A workflow that a worker owns, and the number of the grant that it holds it by (0 where it was started eagerly). */
    public record Owned(String workerId, String workflowId, long grantNumber) {}

    private final Rows rows;

    /** How many each worker owns: so that it is known without a scan whom to watch. */
    private final Map<String, Integer> counts = new HashMap<>();

    OwnerStore(KeyValueStore<Bytes, byte[]> store) {
        this.rows = new Rows(store, 'o');
        all().forEach(owned -> counts.merge(owned.workerId(), 1, Integer::sum));
    }

    void add(Owned owned) {
        rows.put(key(owned), rows.key().number(owned.grantNumber()).build().get());
        counts.merge(owned.workerId(), 1, Integer::sum);
    }

    void remove(Owned owned) {
        rows.delete(key(owned));
        counts.computeIfPresent(owned.workerId(), (worker, count) -> count == 1 ? null : count - 1);
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
            owned.add(new Owned(Rows.text(key, 1, end), Rows.textFrom(key, end + 1), Rows.number(row.value, 1)));
        }
        return owned;
    }

    private Bytes key(Owned owned) {
        return rows.key().text(owned.workerId()).end(owned.workflowId());
    }
}
