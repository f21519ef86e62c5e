package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.store.OwnerTable.Owned;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerTableTest {
    private static Owned owned(String workerId, String workflowId, long grantNumber) {
        return new Owned(workerId, workflowId, "default", grantNumber, null);
    }

    private final OwnerTable owners = new OwnerTable();

    @Test
    void shouldKnowWhatEachWorkerOwns() {
        owners.add(owned("w1", "b", 2));
        owners.add(owned("w1", "a", 7));
        owners.add(owned("w10", "c", 0));
        assertEquals(List.of(owned("w1", "b", 2), owned("w1", "a", 7)), owners.ownedBy("w1", 10));
        assertEquals(List.of(owned("w1", "b", 2)), owners.ownedBy("w1", 1));
        assertEquals(List.of(), owners.ownedBy("w", 10));
        assertEquals(3, owners.all().size());
    }

    @Test
    void shouldKnowWhomToWatch() {
        owners.add(owned("w1", "a", 1));
        owners.add(owned("w1", "b", 2));
        owners.add(owned("w2", "c", 1));
        owners.remove(owned("w1", "a", 1));
        assertEquals(Set.of("w1", "w2"), owners.workers());
        owners.remove(owned("w1", "b", 2));
        assertEquals(Set.of("w2"), owners.workers());
    }

    @Test
    void shouldCountByQueue() {
        List<Owned> all = List.of(
                new Owned("w1", "a", "fast", 1, 2),
                new Owned("w1", "b", "default", 2, null),
                new Owned("w2", "c", "fast", 3, 0),
                new Owned("w2", "d", "sl\u00f6w", 0, null));
        all.forEach(owners::add);
        assertEquals(Map.of("fast", 2, "default", 1, "sl\u00f6w", 1), owners.countsByQueue());
        owners.remove(all.get(0));
        owners.remove(all.get(1));
        assertEquals(Map.of("fast", 1, "sl\u00f6w", 1), owners.countsByQueue());
    }
}
