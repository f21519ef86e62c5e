package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static io.millrace.schemas.WorkflowStatus.COMPLETED;
import static io.millrace.schemas.WorkflowStatus.FAILED;
import static io.millrace.schemas.WorkflowStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkflowCountingTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client = MillraceClient.builder().over(engine);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldAddUpAllPartitions() {
        for (int i = 0; i < 10; i++) {
            add("r" + i, RUNNING, "t", i % 2 == 0 ? "w1" : null);
        }
        add("c", COMPLETED, "t", null);
        add("f", FAILED, "u", null);

        WorkflowCounts counts = client.count(WorkflowFilter.all().limit(1));

        assertEquals(12, counts.total());
        assertEquals(Map.of(RUNNING, 10L, COMPLETED, 1L, FAILED, 1L), counts.byStatus());
        assertEquals(Map.of("t", 11L, "u", 1L), counts.byType());
        assertEquals(Map.of("w1", 5L), counts.byWorker());
    }

    @Test
    void shouldCountWhatTheFilterLetsThrough() {
        add("r", RUNNING, "t", "w1");
        add("f", FAILED, "t", null);

        WorkflowCounts failed = client.count(WorkflowFilter.all().status(FAILED));

        assertEquals(new WorkflowCounts(1, Map.of(FAILED, 1L), Map.of("t", 1L), Map.of()), failed);
        assertEquals(0, client.count(WorkflowFilter.all().type("other")).total());
    }

    @Test
    void shouldNameTheTypesThereAreMostOf() {
        for (int type = 0; type <= WorkflowCounts.MAX_TYPES; type++) {
            add("one-of-" + type, COMPLETED, "type-" + type, null);
        }
        add("another", COMPLETED, "type-7", null);

        Map<String, Long> byType = client.count(WorkflowFilter.all()).byType();

        assertEquals(WorkflowCounts.MAX_TYPES, byType.size());
        assertEquals(
                List.of("type-7", "type-0", "type-1", "type-10"),
                byType.keySet().stream().limit(4).toList());
    }

    @Test
    void shouldFailRatherThanCountTooFewWhenOnePartitionIsSilent() {
        add("r", RUNNING, "t", null);
        engine.silentPartition = 1;

        assertThrows(EngineUnavailableException.class, () -> client.count(WorkflowFilter.all()));
    }

    private void add(String workflowId, WorkflowStatus status, String type, @Nullable String workerId) {
        WorkflowState state = state(workflowId, 1_000, status);
        state.setWorkflowType(type);
        state.setWorkerId(workerId);
        engine.add(state);
    }
}
