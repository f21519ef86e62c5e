package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.store.OwnerStore.Owned;
import io.millrace.engine.testing.MemoryStore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnerStoreTest {
    private final MemoryStore rows = new MemoryStore();
    private final OwnerStore owners = new OwnerStore(rows);

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldKnowWhatEachWorkerOwns() {
        owners.add(new Owned("w1", "b", 2));
        owners.add(new Owned("w1", "a", 7));
        owners.add(new Owned("w10", "c", 0));
        assertEquals(List.of(new Owned("w1", "a", 7), new Owned("w1", "b", 2)), owners.ownedBy("w1", 10));
        assertEquals(List.of(new Owned("w1", "a", 7)), owners.ownedBy("w1", 1));
        assertEquals(List.of(), owners.ownedBy("w", 10));
        assertEquals(3, owners.all().size());
    }

    @Test
    void shouldKnowWhomToWatchAlsoAfterARestart() {
        owners.add(new Owned("w1", "a", 1));
        owners.add(new Owned("w1", "b", 2));
        owners.add(new Owned("w2", "c", 1));
        owners.remove(new Owned("w1", "a", 1));
        assertEquals(Set.of("w1", "w2"), owners.workers());
        assertEquals(Set.of("w1", "w2"), new OwnerStore(rows).workers());
        owners.remove(new Owned("w1", "b", 2));
        assertEquals(Set.of("w2"), owners.workers());
        assertEquals(Set.of("w2"), new OwnerStore(rows).workers());
    }

    @Test
    void shouldKeepTheNumberOfTheGrant() {
        owners.add(new Owned("w1", "a", Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, new OwnerStore(rows).all().get(0).grantNumber());
    }
}
