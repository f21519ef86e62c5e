package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.store.RetentionStore.Ended;
import io.millrace.engine.testing.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionStoreTest {
    private static final long FOREVER = Long.MAX_VALUE;

    private final MemoryStore rows = new MemoryStore();
    private final RetentionStore retention = new RetentionStore(rows);

    private static Ended ended(String workflowId, long atMs) {
        return new Ended(workflowId, false, atMs);
    }

    private static Ended own(String workflowId, long untilMs) {
        return new Ended(workflowId, true, untilMs);
    }

    private List<String> allDue(long nowMs, long retentionMs) {
        List<String> due = new ArrayList<>();
        for (Ended next = retention.nextDue(nowMs, retentionMs);
                next != null;
                next = retention.nextDue(nowMs, retentionMs)) {
            due.add(next.workflowId());
            retention.remove(next);
        }
        return due;
    }

    @Test
    void shouldGiveWhatEndedFirstWhenItsTimeHasCome() {
        retention.add(ended("b", 200));
        retention.add(ended("a", 100));
        retention.add(ended("c", 300));
        assertNull(retention.nextDue(1_099, 1_000));
        assertEquals(ended("a", 100), retention.nextDue(1_100, 1_000));
        assertEquals(List.of("a", "b"), allDue(1_299, 1_000));
        assertEquals(List.of("c"), allDue(5_000, 1_000));
    }

    @Test
    void shouldGoByTheirOwnTimeForThoseThatHaveOne() {
        retention.add(own("short", 150));
        retention.add(own("long", 900_000));
        retention.add(ended("usual", 100));
        assertEquals(List.of("short"), allDue(150, 1_000));
        assertEquals(List.of("usual"), allDue(2_000, 1_000));
        assertEquals(List.of("long"), allDue(900_000, FOREVER));
    }

    @Test
    void shouldLetAnotherRetentionCountAtOnce() {
        retention.add(ended("a", 100));
        assertNull(retention.nextDue(Long.MAX_VALUE, FOREVER));
        RetentionStore afterARestart = new RetentionStore(rows);
        assertEquals(ended("a", 100), afterARestart.nextDue(1_100, 1_000));
        assertNull(afterARestart.nextDue(1_099, 1_000));
    }

    @Test
    void shouldTakeWhatEndsEarlierThanAllBefore() {
        retention.add(ended("b", 5_000));
        assertEquals(List.of("b"), allDue(9_000, 1_000));
        retention.add(ended("a", 100));
        assertEquals(List.of("a"), allDue(9_000, 1_000));
    }

    @Test
    void shouldReadNothingWhileNothingIsDue() {
        for (int i = 0; i < 100; i++) {
            retention.add(ended("w" + i, 10_000 + i));
        }
        assertNull(retention.nextDue(10_500, 1_000));
        long read = rows.rowsRead();
        for (int i = 0; i < 100; i++) {
            assertNull(retention.nextDue(10_500 + i, 1_000));
        }
        assertEquals(read, rows.rowsRead());
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldRememberThatItIsComplete() {
        assertFalse(retention.isComplete());
        retention.setComplete();
        assertTrue(retention.isComplete());
        assertTrue(new RetentionStore(rows).isComplete());
        assertNull(retention.nextDue(1_000, 1));
    }
}
