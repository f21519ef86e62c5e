package io.millrace.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListOrderTest {
    @Test
    void shouldCompareIdsAsTheirBytesCompare() {
        List<String> ids = List.of(
                "",
                "a",
                "ab",
                "b",
                "\u007f",
                "\u0080",
                "ä",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "\ud83d\ude00",
                "a\ud83d\ude00");
        for (String one : ids) {
            for (String other : ids) {
                int ofBytes = Arrays.compareUnsigned(
                        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
                assertEquals(Integer.signum(ofBytes), ListOrder.compareIds(one, other), one + " and " + other);
            }
        }
    }

    @Test
    void shouldListTheNewestFirstOrTheOldest() {
        List<WorkflowState> workflows =
                Stream.of(state("b", 1), state("a", 1), state("c", 2)).toList();
        assertEquals(List.of("c", "a", "b"), ids(workflows, false));
        assertEquals(List.of("b", "a", "c"), ids(workflows, true));
    }

    private static List<String> ids(List<WorkflowState> workflows, boolean oldestFirst) {
        return workflows.stream()
                .sorted(ListOrder.of(oldestFirst))
                .map(WorkflowState::getWorkflowId)
                .toList();
    }

    private static WorkflowState state(String workflowId, long createdAtMs) {
        return WorkflowState.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowType("test")
                .setStatus(WorkflowStatus.RUNNING)
                .setQueue("default")
                .setCreatedAtMs(createdAtMs)
                .setUpdatedAtMs(createdAtMs)
                .build();
    }
}
