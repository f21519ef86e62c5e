package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.store.OwnerStore.Owned;
import io.millrace.engine.testing.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnerStoreTest {
    private static Owned owned(String workerId, String workflowId, long grantNumber) {
        return new Owned(workerId, workflowId, "default", grantNumber, null);
    }

    private final MemoryStore rows = new MemoryStore();
    private final OwnerStore owners = new OwnerStore(rows);

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldKnowWhatEachWorkerOwns() {
        owners.add(owned("w1", "b", 2));
        owners.add(owned("w1", "a", 7));
        owners.add(owned("w10", "c", 0));
        assertEquals(List.of(owned("w1", "a", 7), owned("w1", "b", 2)), owners.ownedBy("w1", 10));
        assertEquals(List.of(owned("w1", "a", 7)), owners.ownedBy("w1", 1));
        assertEquals(List.of(), owners.ownedBy("w", 10));
        assertEquals(3, owners.all().size());
    }

    @Test
    void shouldKnowWhomToWatchAlsoAfterARestart() {
        owners.add(owned("w1", "a", 1));
        owners.add(owned("w1", "b", 2));
        owners.add(owned("w2", "c", 1));
        owners.remove(owned("w1", "a", 1));
        assertEquals(Set.of("w1", "w2"), owners.workers());
        assertEquals(Set.of("w1", "w2"), new OwnerStore(rows).workers());
        owners.remove(owned("w1", "b", 2));
        assertEquals(Set.of("w2"), owners.workers());
        assertEquals(Set.of("w2"), new OwnerStore(rows).workers());
    }

    @Test
    void shouldKeepTheNumberOfTheGrant() {
        owners.add(owned("w1", "a", Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, new OwnerStore(rows).all().get(0).grantNumber());
    }

    @Test
    void shouldKeepTheQueueAndWhoseCreditWasUsed() {
        List<Owned> all = List.of(
                new Owned("w1", "a", "fast", 1, 2),
                new Owned("w1", "b", "default", 2, null),
                new Owned("w2", "c", "fast", 3, 0),
                new Owned("w2", "d", "sl\u00f6w", 0, null));
        all.forEach(owners::add);
        assertEquals(all, new OwnerStore(rows).all());
        assertEquals(Map.of("fast", 2, "default", 1, "sl\u00f6w", 1), owners.countsByQueue());
        owners.remove(all.get(0));
        owners.remove(all.get(1));
        assertEquals(Map.of("fast", 1, "sl\u00f6w", 1), owners.countsByQueue());
        assertEquals(Map.of("fast", 1, "sl\u00f6w", 1), new OwnerStore(rows).countsByQueue());
    }
}
