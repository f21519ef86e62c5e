package io.millrace.benchmarks.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.schemas.WorkflowStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndsTest {
    @Test
    void shouldCountEachWorkflowOnce() {
        Ends ends = new Ends(3);
        ends.ended(1, WorkflowStatus.CANCELLED, 1);
        ends.ended(1, WorkflowStatus.CANCELLED, 2);
        ends.ended(2, WorkflowStatus.COMPLETED, 3);
        assertEquals(2, ends.count());
        assertEquals(Map.of(WorkflowStatus.CANCELLED, 1, WorkflowStatus.COMPLETED, 1), ends.byStatus());
    }

    @Test
    void shouldLeaveOutOfTheDrainWhatEndedBefore() {
        Ends ends = new Ends(3);
        ends.ended(0, WorkflowStatus.CANCELLED, 1);
        ends.beginDrain();
        ends.ended(1, WorkflowStatus.COMPLETED, 2_000_000_000L);
        ends.ended(2, WorkflowStatus.COMPLETED, 3_000_000_000L);
        assertEquals(2, ends.drained().count());
        assertEquals(10, ends.drained().tenthsPerSecond().length);
        assertEquals(1.5, ends.secondsToFirst(500_000_000L));
        assertEquals(3, ends.count());
    }
}
