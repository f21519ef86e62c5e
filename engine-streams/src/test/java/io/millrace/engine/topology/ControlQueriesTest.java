package io.millrace.engine.topology;

import static io.millrace.engine.testing.Commands.fork;
import static io.millrace.engine.testing.Reports.childStarted;
import static io.millrace.engine.testing.Reports.valueSet;
import static io.millrace.engine.testing.Samples.bytes;
import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.json;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.GetHistory;
import io.millrace.schemas.GetValue;
import io.millrace.schemas.ListForks;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions about what control leaves behind: histories, values, forks, families. */
class ControlQueriesTest {
    private final EngineUnderTest engine = new EngineUnderTest();

    @BeforeEach
    void shouldRunTwoWorkflows() {
        engine.workerTakes("w1", 2);
        engine.start("a", demo());
        engine.start("b", demo());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldPageThroughAHistory() {
        for (int seq = 1; seq <= 4; seq++) {
            engine.report("a", "w1", 1, stepCompleted(seq, bytes(200_000)));
        }
        List<Long> numbers = new ArrayList<>();
        Query query = query();
        query.setGetHistory(new GetHistory("a", 1L, 200));
        int pages = 0;
        Long next = 1L;
        while (next != null) {
            query.getGetHistory().setFromNumber(next);
            var page = engine.ask(query).getHistory();
            assertTrue(page.getFound());
            page.getEntries().forEach(entry -> numbers.add(entry.getNumber()));
            next = page.getNextNumber();
            pages++;
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), numbers);
        assertEquals(2, pages, "as much as fits an answer");
        query.setGetHistory(new GetHistory("a", 2L, 2));
        assertEquals(4L, engine.ask(query).getHistory().getNextNumber());
        query.setGetHistory(new GetHistory("nobody", 1L, 2));
        assertFalse(engine.ask(query).getHistory().getFound());
    }

    @Test
    void shouldShowTheLastValueOfAKey() {
        Query query = query();
        query.setGetValue(new GetValue("a", "k"));
        assertFalse(engine.ask(query).getValue().getIsSet());
        engine.report("a", "w1", 1, valueSet(1, "k", "old"), valueSet(2, "k", "new"));
        var value = engine.ask(query).getValue();
        assertEquals(json("\"new\""), value.getValue());
        assertFalse(value.getClosed());
        engine.report("a", "w1", 1, completed(2));
        assertTrue(engine.ask(query).getValue().getClosed());
        query.setGetValue(new GetValue("nobody", "k"));
        assertFalse(engine.ask(query).getValue().getFound());
    }

    @Test
    void shouldListForksOldestFirst() {
        for (int i = 1; i <= 5; i++) {
            engine.command("a", fork("f" + i, "copy-" + i, 1));
            engine.advance(Duration.ofMillis(10));
        }
        engine.command("a", fork("f6", "b", 1));
        Query query = query();
        query.setListForks(new ListForks("a", null, 2));
        List<String> ids = new ArrayList<>();
        ByteBuffer cursor = null;
        do {
            query.getListForks().setCursor(cursor);
            var page = engine.ask(query).getForks();
            page.getForks().forEach(each -> ids.add(each.getWorkflowId()));
            cursor = page.getNextCursor();
        } while (cursor != null);
        assertEquals(List.of("copy-1", "copy-2", "copy-3", "copy-4", "copy-5"), ids);
        query.setListForks(new ListForks("a", ByteBuffer.wrap(new byte[] {9}), 2));
        assertEquals("the cursor is not one of this list", engine.ask(query).getError());
    }

    @Test
    void shouldListByParentAndBySource() {
        engine.report("a", "w1", 1, childStarted(1, "child"));
        engine.advance(Duration.ofMillis(10));
        engine.command("a", fork("f", "copy", 1));
        assertEquals(List.of("child"), listed(WorkflowConditions.newBuilder().setParentWorkflowId("a")));
        assertEquals(List.of("copy"), listed(WorkflowConditions.newBuilder().setForkedFrom("a")));
        assertEquals(List.of(), listed(WorkflowConditions.newBuilder().setForkedFrom("b")));
        assertEquals(
                List.of(),
                listed(WorkflowConditions.newBuilder().setParentWorkflowId("a").setForkedFrom("a")));
        assertEquals(
                List.of("copy", "child"),
                listed(WorkflowConditions.newBuilder().setStatuses(List.of(WorkflowStatus.ENQUEUED))));
    }

    private List<String> listed(WorkflowConditions.Builder conditions) {
        Query query = query();
        query.setListWorkflows(
                ListWorkflows.newBuilder().setConditions(conditions.build()).build());
        return engine.ask(query).getWorkflows().getWorkflows().stream()
                .map(WorkflowState::getWorkflowId)
                .toList();
    }

    private static Query query() {
        return Query.newBuilder().setQueryId("q").setAnswerPartition(0).build();
    }
}
