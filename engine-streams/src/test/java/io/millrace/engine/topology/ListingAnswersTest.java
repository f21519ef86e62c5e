package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.ConditionMatch;
import io.millrace.schemas.CountAnswer;
import io.millrace.schemas.CountWorkflows;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.WorkflowsAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingAnswersTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldPageInBothOrders() {
        for (int i = 0; i < 7; i++) {
            engine.start("w" + i, demo());
        }
        // All of them in one millisecond: by id.
        List<String> newestFirst = IntStream.range(0, 7).mapToObj(i -> "w" + i).toList();
        assertEquals(newestFirst, paged(false, 3));
        List<String> oldestFirst = new ArrayList<>(newestFirst);
        java.util.Collections.reverse(oldestFirst);
        assertEquals(oldestFirst, paged(true, 3));
    }

    @Test
    void shouldShowWorkflowsAsTheyAreNow() {
        engine.workerTakes("w1", 1);
        engine.start("a", demo());
        assertEquals(List.of("a"), listed(conditions(WorkflowStatus.RUNNING)));
        engine.report("a", "w1", 1, stepCompleted(1), completed(1));
        assertEquals(List.of(), listed(conditions(WorkflowStatus.RUNNING)));
        assertEquals(List.of("a"), listed(conditions(WorkflowStatus.COMPLETED)));
        assertNull(list(conditions(WorkflowStatus.COMPLETED), 1)
                .getWorkflows()
                .get(0)
                .getOutput());
    }

    @Test
    void shouldCountByStatusTypeAndOwner() {
        engine.workerTakes("w1", 2);
        engine.start("a", demo());
        engine.start("b", demo());
        engine.start("c", demo());
        engine.report("a", "w1", 1, completed(0));
        Start labelled = demo();
        labelled.setAttributes(Map.of("customer", "17"));
        engine.start("d", labelled);

        CountAnswer all = count(conditions());
        assertEquals(4, all.getTotal());
        assertEquals(Map.of("COMPLETED", 1L, "RUNNING", 1L, "ENQUEUED", 2L), all.getByStatus());
        assertEquals(Map.of(labelled.getWorkflowType(), 4L), all.getByType());
        assertEquals(Map.of("w1", 1L), all.getByOwner());
        WorkflowConditions byAttribute = conditions();
        byAttribute.setAttributes(Map.of("customer", "17"));
        assertEquals(1, count(byAttribute).getTotal());
        assertEquals(List.of("d"), listed(byAttribute));
    }

    @Test
    void shouldCountAsManyNamesAsFitAnAnswer() {
        Map<String, Long> counts = new java.util.HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            counts.put("\u4e16".repeat(Limits.MAX_NAME_CHARS - 4) + i, (long) i);
        }
        Map<String, Long> largest = ListingAnswers.largest(counts);
        int bytes =
                largest.keySet().stream().mapToInt(name -> 3 * name.length()).sum();
        assertTrue(bytes < Limits.MAX_RECORD_BYTES / 2, bytes + " bytes");
        assertTrue(largest.size() > 200, "the client shows so many, and there are " + largest.size());
        assertTrue(largest.values().stream().allMatch(count -> count >= 2_000 - largest.size()));
    }

    @Test
    void shouldLookAtLabelsThemselvesAndNotOnlyAtTheirHashes() {
        WorkflowState state = WorkflowState.newBuilder()
                .setWorkflowId("w")
                .setWorkflowType("t")
                .setStatus(WorkflowStatus.RUNNING)
                .setQueue("q")
                .setCreatedAtMs(1)
                .setUpdatedAtMs(1)
                .setAttributes(Map.of("k", "v", "other", "x"))
                .setParentWorkflowId("p")
                .setForkedFrom("f")
                .build();
        WorkflowConditions all =
                new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of("k", "v"), "p", "f");
        assertTrue(ConditionMatch.matches(all, state));
        assertTrue(ConditionMatch.matches(conditions(), state));
        all.setAttributes(Map.of("k", "other"));
        assertFalse(ConditionMatch.matches(all, state));
        all.setAttributes(Map.of());
        all.setParentWorkflowId("f");
        assertFalse(ConditionMatch.matches(all, state));
        all.setParentWorkflowId(null);
        all.setForkedFrom("p");
        assertFalse(ConditionMatch.matches(all, state));
    }

    private List<String> paged(boolean oldestFirst, int limit) {
        List<String> ids = new ArrayList<>();
        ListWorkflows list = new ListWorkflows(conditions(), null, oldestFirst, limit);
        do {
            WorkflowsAnswer page = ask(list);
            page.getWorkflows().forEach(workflow -> ids.add(workflow.getWorkflowId()));
            assertTrue(page.getWorkflows().size() <= limit);
            list.setAfter(page.getNext());
        } while (list.getAfter() != null);
        return ids;
    }

    private List<String> listed(WorkflowConditions conditions) {
        return list(conditions, 50).getWorkflows().stream()
                .map(WorkflowState::getWorkflowId)
                .toList();
    }

    private WorkflowsAnswer list(WorkflowConditions conditions, int limit) {
        return ask(new ListWorkflows(conditions, null, false, limit));
    }

    private WorkflowsAnswer ask(ListWorkflows list) {
        Query query = query();
        query.setListWorkflows(list);
        return engine.ask(query).getWorkflows();
    }

    private CountAnswer count(WorkflowConditions conditions) {
        Query query = query();
        query.setCountWorkflows(new CountWorkflows(conditions));
        return engine.ask(query).getCount();
    }

    private static WorkflowConditions conditions(WorkflowStatus... statuses) {
        return new WorkflowConditions(List.of(statuses), null, null, null, null, null, null, Map.of(), null, null);
    }

    private static Query query() {
        return Query.newBuilder().setQueryId("q").setAnswerPartition(0).build();
    }
}
