package io.millrace.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.testing.MemoryStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BacklogStoreTest {
    private static final Lane LANE = new Lane("default", "demo", null);

    private final MemoryStore rows = new MemoryStore();
    private final BacklogStore backlog = new BacklogStore(rows);

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldReadALaneInOrder() {
        for (long order : List.of(300L, 1L, 256L, 255L, Long.MAX_VALUE - 1)) {
            backlog.add(LANE, new Waiting(0, order, "w" + order));
        }
        backlog.add(LANE, new Waiting(0, 1, "a"));
        assertEquals(
                List.of(
                        new Waiting(0, 1, "a"),
                        new Waiting(0, 1, "w1"),
                        new Waiting(0, 255, "w255"),
                        new Waiting(0, 256, "w256"),
                        new Waiting(0, 300, "w300"),
                        new Waiting(0, Long.MAX_VALUE - 1, "w" + (Long.MAX_VALUE - 1))),
                backlog.next(LANE, null, 10));
    }

    @Test
    void shouldGoOnBehindOne() {
        for (int order = 1; order <= 5; order++) {
            backlog.add(LANE, new Waiting(0, order, "w"));
        }
        assertEquals(
                List.of(new Waiting(0, 3, "w"), new Waiting(0, 4, "w")), backlog.next(LANE, new Waiting(0, 2, "w"), 2));
        backlog.remove(LANE, new Waiting(0, 2, "w"));
        assertEquals(
                List.of(new Waiting(0, 3, "w")),
                backlog.next(LANE, new Waiting(0, 2, "w"), 1),
                "it may be gone itself");
        assertEquals(List.of(), backlog.next(LANE, new Waiting(0, 5, "w"), 2));
    }

    @Test
    void shouldKeepLanesApartWhoseNamesBeginAlike() {
        List<Lane> lanes = List.of(
                new Lane("q", "t", null),
                new Lane("q", "t", "1"),
                new Lane("q", "t1", null),
                new Lane("q", "t", "\uffff"),
                new Lane("qt", "t", null),
                new Lane("q", "tt", "1"),
                new Lane("q", "t", null, "key", Lane.Rank.NEW),
                new Lane("q", "t", null, "key", Lane.Rank.BEGUN),
                new Lane("q", "t", null, null, Lane.Rank.EXPEDITED),
                new Lane("q", "t", "key", null, Lane.Rank.EXPEDITED),
                new Lane("q\u00e9\ud83d\ude00", "t", null));
        Map<Lane, Waiting> expected = new HashMap<>();
        for (Lane lane : lanes) {
            Waiting waiting = new Waiting(0, 7, lane.toString());
            backlog.add(lane, waiting);
            expected.put(lane, waiting);
        }
        for (Lane lane : lanes) {
            assertEquals(List.of(new Waiting(0, 7, lane.toString())), backlog.next(lane, null, 10));
        }
        Map<Lane, Waiting> found = new HashMap<>();
        backlog.forEach(found::put);
        assertEquals(expected, found);
    }

    @Test
    void shouldReadALaneByPriorityFirst() {
        Waiting urgent = new Waiting(1, 900, "urgent");
        Waiting first = new Waiting(1_000, 5, "first");
        Waiting second = new Waiting(1_000, 6, "second");
        Waiting last = new Waiting(Integer.MAX_VALUE, 1, "last");
        for (Waiting waiting : List.of(last, second, urgent, first)) {
            backlog.add(LANE, waiting);
        }
        assertEquals(List.of(urgent, first, second, last), backlog.next(LANE, null, 10));
        assertEquals(List.of(second, last), backlog.next(LANE, first, 10));
    }

    @Test
    void shouldFindTheOldestWhateverItsPriority() {
        Waiting urgent = new Waiting(1, 900, "urgent");
        backlog.add(LANE, urgent);
        assertEquals(900, backlog.oldestOrder(LANE, urgent));
        backlog.add(LANE, new Waiting(1, 950, "later"));
        backlog.add(LANE, new Waiting(7, 800, "older"));
        backlog.add(LANE, new Waiting(7, 850, "not as old"));
        backlog.add(LANE, new Waiting(9, 870, "less urgent"));
        backlog.add(new Lane("default", "demo", null, "key", Lane.Rank.NEW), new Waiting(7, 1, "of another lane"));
        assertEquals(800, backlog.oldestOrder(LANE, urgent));
        backlog.add(LANE, new Waiting(Integer.MAX_VALUE, 3, "least urgent"));
        assertEquals(3, backlog.oldestOrder(LANE, urgent));
    }

    @Test
    void shouldNotReadIntoOtherStores() {
        new TimerStore(rows).add(new TimerStore.Timer(1, TimerStore.Kind.WAKE, "w"));
        new WorkflowStore(rows).add("w", new byte[0]);
        backlog.add(LANE, new Waiting(0, 1, "w"));
        Set<Waiting> found = new HashSet<>();
        backlog.forEach((lane, waiting) -> found.add(waiting));
        assertEquals(Set.of(new Waiting(0, 1, "w")), found);
    }
}
