package io.millrace.benchmarks.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RunIdsTest {
    @Test
    void shouldFindTheNumberOfItsOwnWorkflowsAlone() {
        RunIds ids = new RunIds("load-x1");
        assertEquals(OptionalInt.of(1_234), ids.indexOf(ids.workflow(1_234)));
        assertEquals(OptionalInt.empty(), ids.indexOf(ids.probe(1)));
        assertEquals(OptionalInt.empty(), ids.indexOf(new RunIds("load-x2").workflow(1)));
        assertEquals(OptionalInt.empty(), ids.indexOf("load-x1"));
        assertEquals(OptionalInt.empty(), ids.indexOf("load-x1-"));
        assertEquals(OptionalInt.empty(), ids.indexOf(""));
    }

    @Test
    void shouldDifferFromRunToRun() {
        assertNotEquals(RunIds.random(), RunIds.random());
    }
}
