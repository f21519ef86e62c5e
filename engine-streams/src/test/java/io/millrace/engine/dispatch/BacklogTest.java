package io.millrace.engine.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.MemoryRows;
import io.millrace.engine.testing.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Lane LANE = new Lane("default", "demo", null);

    private final MemoryRows rows = new MemoryRows();

    @Test
    void shouldHandOutFiftyThousandInOrderAlsoWhenOthersLeaveFromTheMiddle() {
        Backlog backlog = new Backlog(rows);
        for (int order = 0; order < 50_000; order++) {
            add(backlog, order);
        }
        for (int order = 0; order < 50_000; order += 7) {
            remove(backlog, order);
        }
        for (int order = 1; order < 50_000; order++) {
            if (order % 7 != 0) {
                assertEquals(order, first(backlog));
                remove(backlog, order);
            }
        }
        assertNull(backlog.first(LANE));
        assertEquals(0, backlog.size(LANE));
        assertTrue(rows.reads() < 50_000 / 256, "it reads ahead, " + rows.reads() + " times");
    }

    @Test
    void shouldFindWhatWasThereBefore() {
        for (int order = 0; order < 2_000; order++) {
            rows.add(LANE, new Waiting(0, order, "w" + order));
        }
        Backlog backlog = new Backlog(rows);
        assertEquals(2_000, backlog.size(LANE));
        assertEquals(0, rows.reads(), "only when they are asked for");
        assertEquals(0, first(backlog));
    }

    @Test
    void shouldKeepTheOrderAroundTheEndOfWhatWasReadAhead() {
        for (int size : List.of(1, 511, 512, 513, 1_023, 1_024, 1_025, 1_536, 1_537)) {
            MemoryRows stored = new MemoryRows();
            Backlog backlog = new Backlog(stored);
            for (int order = 0; order < size; order++) {
                add(backlog, stored, order * 10);
            }
            // One that comes back to its old place, before, at and behind the end of what is in memory.
            add(backlog, stored, 5_115);
            add(backlog, stored, 10_235);
            add(backlog, stored, 3);
            assertDrains(backlog, stored);
        }
    }

    @Test
    void shouldTakeInOneThatComesBackToBeforeTheReadPosition() {
        for (int order = 0; order < 2_000; order++) {
            rows.add(LANE, new Waiting(0, order, "w" + order));
        }
        Backlog backlog = new Backlog(rows);
        for (int order = 0; order < 512; order++) {
            assertEquals(order, first(backlog));
            remove(backlog, order);
        }
        add(backlog, 100);
        assertEquals(100, first(backlog));
        assertDrains(backlog, rows);
    }

    @Test
    void shouldForgetLanesInWhichNothingWaits() {
        Backlog backlog = new Backlog(rows);
        add(backlog, 1);
        remove(backlog, 1);
        assertTrue(backlog.groups().isEmpty());
        remove(backlog, 1);
        assertTrue(backlog.groups().isEmpty());
    }

    @Test
    void shouldAlwaysHaveTheFirstWhateverComesAndGoes() {
        Seeded.forEach(200, chance -> {
            MemoryRows stored = new MemoryRows();
            for (int i = chance.below(3_000); i > 0; i--) {
                stored.add(LANE, waiting(chance.below(100_000)));
            }
            Backlog backlog = new Backlog(stored);
            for (int i = 0; i < 3_000; i++) {
                TreeSet<Waiting> all = stored.of(LANE);
                int dice = chance.below(100);
                if (dice < 45 || all.isEmpty()) {
                    int order = chance.below(100_000);
                    if (!all.contains(waiting(order))) {
                        add(backlog, stored, order);
                    }
                } else if (dice < 80) {
                    assertEquals(all.first(), backlog.first(LANE));
                    remove(backlog, stored, all.first());
                } else {
                    Waiting from = all.ceiling(waiting(chance.below(100_000)));
                    remove(backlog, stored, from == null ? all.last() : from);
                }
                assertEquals(stored.of(LANE).size(), backlog.size(LANE));
            }
            assertDrains(backlog, stored);
        });
    }

    private static void assertDrains(Backlog backlog, MemoryRows stored) {
        List<Waiting> expected = new ArrayList<>(stored.of(LANE));
        for (Waiting waiting : expected) {
            assertEquals(waiting, backlog.first(LANE));
            remove(backlog, stored, waiting);
        }
        assertNull(backlog.first(LANE));
    }

    private long first(Backlog backlog) {
        Waiting first = backlog.first(LANE);
        assertNotNull(first);
        return first.order();
    }

    private void add(Backlog backlog, int order) {
        add(backlog, rows, order);
    }

    private void remove(Backlog backlog, int order) {
        remove(backlog, rows, waiting(order));
    }

    private static void add(Backlog backlog, MemoryRows stored, int order) {
        stored.add(LANE, waiting(order));
        backlog.add(LANE, waiting(order));
    }

    private static void remove(Backlog backlog, MemoryRows stored, Waiting waiting) {
        stored.remove(LANE, waiting);
        backlog.remove(LANE, waiting);
    }

    private static Waiting waiting(int order) {
        return new Waiting(0, order, "w" + order);
    }
}
