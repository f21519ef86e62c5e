package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.store.TimerStore.Kind;
import io.millrace.engine.store.TimerStore.Timer;
import io.millrace.engine.testing.MemoryStore;
import io.millrace.engine.testing.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerStoreTest {
    private final MemoryStore rows = new MemoryStore();
    private final TimerStore timers = new TimerStore(rows);

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldGiveOutTimersInOrderWhenTheyAreDue() {
        add(30, "c");
        add(10, "b");
        add(10, "a");
        add(Long.MAX_VALUE, "never");
        assertEquals(List.of(), due(9));
        assertEquals(List.of("a", "b"), due(10));
        assertEquals(List.of("a", "b", "c"), due(Long.MAX_VALUE - 1));
    }

    @Test
    void shouldKeepTimersUntilTheyAreRemoved() {
        add(10, "a");
        assertEquals(List.of("a"), due(10));
        assertEquals(List.of("a"), due(10));
        remove(10, "a");
        assertEquals(List.of(), due(10));
    }

    @Test
    void shouldHoldAWakeAndADeadlineAtTheSameTimeApart() {
        timers.add(new Timer(10, Kind.DEADLINE, "a"));
        timers.add(new Timer(10, Kind.WAKE, "a"));
        assertEquals(List.of(new Timer(10, Kind.WAKE, "a"), new Timer(10, Kind.DEADLINE, "a")), timers.dueAt(10, 10));
        timers.remove(new Timer(10, Kind.WAKE, "a"));
        assertEquals(List.of(new Timer(10, Kind.DEADLINE, "a")), timers.dueAt(10, 10));
    }

    @Test
    void shouldGiveOutNoMoreThanTheLimit() {
        for (int i = 0; i < 10; i++) {
            add(i, "w" + i);
        }
        assertEquals(3, timers.dueAt(100, 3).size());
        for (int i = 0; i < 3; i++) {
            remove(i, "w" + i);
        }
        assertEquals("w3", timers.dueAt(100, 3).get(0).workflowId());
    }

    @Test
    void shouldNotReadTheStoreBeforeTheNextIsDue() {
        add(1_000, "a");
        due(1);
        long read = rows.rowsRead();
        for (int now = 2; now < 1_000; now++) {
            due(now);
        }
        assertEquals(read, rows.rowsRead());
        assertEquals(List.of("a"), due(1_000));
    }

    /** A million sleep until the same moment: each tick would pass over all that fired in those before it. */
    @Test
    void shouldNotPassOverThoseThatFiredAtTheSameTime() {
        add(10, "a");
        add(10, "b");
        add(10, "c");
        assertEquals(2, timers.dueAt(10, 2).size());
        remove(10, "a");
        remove(10, "b");
        Bytes third = rows.rows().keySet().iterator().next();
        timers.dueAt(10, 2);
        timers.dueAt(10, 2);
        assertEquals(third, rows.lastRangeFrom());
    }

    @Test
    void shouldFindOneThatIsAddedBehindTheRememberedPosition() {
        add(1_000, "late");
        due(500);
        add(100, "early");
        assertEquals(List.of("early"), due(500));
        remove(100, "early");
        assertEquals(List.of(), due(500));
        add(50, "earlier");
        assertEquals(List.of("earlier"), due(500));
    }

    @Test
    void shouldFindEverythingAfterARestart() {
        add(10, "a");
        remove(10, "a");
        add(20, "b");
        due(15);
        assertEquals(List.of(new Timer(20, Kind.WAKE, "b")), new TimerStore(rows).dueAt(20, 10));
    }

    @Test
    void shouldFireEachTimerOnceAndInOrderWhateverComesWhen() {
        Seeded.forEach(300, chance -> {
            TimerStore store = new TimerStore(new MemoryStore());
            TreeSet<Long> waiting = new TreeSet<>();
            long now = 0;
            for (int i = 0; i < 200; i++) {
                if (chance.percent(60)) {
                    long dueAt = Math.max(0, now + chance.between(-20, 50));
                    if (waiting.add(dueAt)) {
                        store.add(new Timer(dueAt, Kind.WAKE, "w"));
                    }
                }
                now += chance.below(10);
                List<Timer> due = store.dueAt(now, 1 + chance.below(5));
                List<Long> expected = new ArrayList<>(waiting.headSet(now, true));
                assertTrue(expected.isEmpty() == due.isEmpty(), "what is due is found, and nothing else");
                for (int d = 0; d < due.size(); d++) {
                    assertEquals(expected.get(d), due.get(d).dueAtMs());
                    store.remove(due.get(d));
                    waiting.remove(due.get(d).dueAtMs());
                }
            }
        });
    }

    private void add(long dueAtMs, String workflowId) {
        timers.add(new Timer(dueAtMs, Kind.WAKE, workflowId));
    }

    private void remove(long dueAtMs, String workflowId) {
        timers.remove(new Timer(dueAtMs, Kind.WAKE, workflowId));
    }

    private List<String> due(long nowMs) {
        return timers.dueAt(nowMs, 100).stream().map(Timer::workflowId).toList();
    }
}
