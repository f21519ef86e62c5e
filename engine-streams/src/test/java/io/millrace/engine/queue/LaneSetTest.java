package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.dispatch.WorkerInfo;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneSetTest {
    private static final Lane ANY = new Lane("q", "demo", null);
    private static final Lane PINNED = new Lane("q", "demo", "1");
    private static final Lane OTHER = new Lane("q", "other", null);
    private static final WorkerInfo WORKER = new WorkerInfo("w", Set.of("q"), Set.of("demo"), "2", false);

    private final LaneSet set = new LaneSet();

    @Test
    void shouldFindTheFirstOfThoseThatAWorkerCanRun() {
        add(PINNED, 1, 1, "pinned");
        add(OTHER, 1, 2, "other");
        assertNull(set.first(WORKER));
        add(ANY, 5, 3, "later");
        LaneSet.Candidate urgent = add(ANY, 2, 9, "urgent");
        assertEquals(urgent, set.first(WORKER));
        WorkerInfo both = new WorkerInfo("b", Set.of("q"), Set.of("demo", "other"), "1", false);
        assertEquals("pinned", set.first(both).waiting().workflowId());
    }

    @Test
    void shouldCountUpToALimit() {
        for (int i = 0; i < 5; i++) {
            add(ANY, 1, i, "w" + i);
            add(OTHER, 1, i, "o" + i);
        }
        assertEquals(5, set.count(WORKER, 100));
        assertEquals(3, set.count(WORKER, 3));
        assertEquals(0, set.count(new WorkerInfo("x", Set.of("another"), Set.of("demo"), null, false), 100));
    }

    @Test
    void shouldForgetLanesThatAreEmpty() {
        assertTrue(set.isEmpty());
        LaneSet.Candidate one = add(ANY, 1, 1, "one");
        set.remove(new LaneSet.Candidate(ANY, new Waiting(2, 1, "one")));
        assertFalse(set.isEmpty(), "that was at another place");
        set.remove(one);
        set.remove(one);
        assertTrue(set.isEmpty());
    }

    private LaneSet.Candidate add(Lane lane, int priority, long order, String workflowId) {
        LaneSet.Candidate candidate = new LaneSet.Candidate(lane, new Waiting(priority, order, workflowId));
        set.add(candidate);
        return candidate;
    }
}
