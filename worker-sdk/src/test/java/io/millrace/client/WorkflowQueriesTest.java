package io.millrace.client;

import static io.millrace.client.InMemoryEngine.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CancelAsked;
import io.millrace.schemas.ChildEnded;
import io.millrace.schemas.Failure;
import io.millrace.schemas.ForkOfWorkflow;
import io.millrace.schemas.ForksAnswer;
import io.millrace.schemas.HistoryAnswer;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import io.millrace.schemas.PendingMessage;
import io.millrace.schemas.Query;
import io.millrace.schemas.Reopened;
import io.millrace.schemas.Unpaused;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkflowQueriesTest {
    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client = MillraceClient.builder().over(engine);

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void shouldTellEachFactWithWhoAskedAndWhy() {
        HistoryFact asked = fact(f -> f.setCancelAsked(new CancelAsked("c-1", "ann", "wrong order", true)));
        HistoryFact unpaused = fact(f -> f.setUnpaused(new Unpaused("c-2", "bob", null)));
        answerHistory(List.of(new HistoryEntry(7L, 1_000L, List.of(asked, unpaused))), null);

        List<HistoryEvent> events = client.history("w").toList();

        assertEquals(
                List.of(
                        new HistoryEvent(
                                7,
                                Instant.ofEpochMilli(1_000),
                                "cancelAsked",
                                Map.of("commandId", "c-1", "issuer", "ann", "reason", "wrong order", "cascade", true)),
                        new HistoryEvent(
                                7,
                                Instant.ofEpochMilli(1_000),
                                "unpaused",
                                Map.of("commandId", "c-2", "issuer", "bob"))),
                events);
    }

    @Test
    void shouldTellPayloadsRecordsAndListsInsideAFact() {
        ChildEnded ended = new ChildEnded(
                3,
                "w/3",
                WorkflowStatus.FAILED,
                new Payload("json", ByteBuffer.wrap("42".getBytes(StandardCharsets.UTF_8))),
                new Failure("E", "no", null));
        Reopened reopened = Reopened.newBuilder()
                .setCommandId("c")
                .setIssuer("i")
                .setQueue("q")
                .setQueueOrder(1)
                .setFromStep(2)
                .setValuesFromStep(2)
                .setHistoryBytes(9)
                .setPendingMessages(List.of(new PendingMessage(1L, "t", 5L)))
                .build();
        answerHistory(
                List.of(new HistoryEntry(
                        1L,
                        0L,
                        List.of(
                                fact(f -> f.setChildEnded(ended)),
                                fact(f -> f.setReopened(reopened)),
                                new HistoryFact()))),
                null);

        List<HistoryEvent> events = client.history("w").toList();

        Map<String, Object> child = events.get(0).details();
        assertEquals(List.of("seq", "childWorkflowId", "status", "output", "failure"), List.copyOf(child.keySet()));
        assertEquals(WorkflowStatus.FAILED, child.get("status"));
        assertEquals(
                "42",
                new String(
                        assertInstanceOf(EncodedPayload.class, child.get("output"))
                                .bytes(),
                        StandardCharsets.UTF_8));
        assertEquals(Map.of("type", "E", "message", "no"), child.get("failure"));
        assertEquals(
                List.of(Map.of("number", 1L, "topic", "t", "entryNumber", 5L)),
                events.get(1).details().get("pendingMessages"));
        assertEquals("unknown", events.get(2).type());
        assertThrows(UnsupportedOperationException.class, () -> child.put("seq", 4));
    }

    @Test
    void shouldReadTheHistoryPageByPageAsTheStreamIs() {
        engine.answerOther = (query, answer) -> {
            long from = query.getGetHistory().getFromNumber();
            List<HistoryEntry> page = LongStream.range(from, from + 10)
                    .mapToObj(number -> new HistoryEntry(number, 0L, List.of(new HistoryFact())))
                    .toList();
            answer.setHistory(new HistoryAnswer(true, page, from < 21 ? from + 10 : null));
        };

        Stream<HistoryEvent> events = client.workflow("w", Void.class).history();
        assertEquals(1, engine.queries.size());

        assertEquals(
                LongStream.rangeClosed(1, 30).boxed().toList(),
                events.map(HistoryEvent::number).toList());
        assertEquals(3, engine.queries.size());
        HistoryPage page = client.historyAsync("w", 11, 10).join();
        assertEquals(11, page.events().get(0).number());
        assertEquals(OptionalLong.of(21), page.nextNumber());
        assertEquals(10, engine.queries.get(3).getGetHistory().getLimit());
    }

    @Test
    void shouldReadForksPageByPage() {
        ByteBuffer place = ByteBuffer.wrap(new byte[] {-1, 0, 1});
        engine.answerOther = (query, answer) -> {
            boolean first = query.getListForks().getCursor() == null;
            answer.setForks(new ForksAnswer(
                    true, List.of(new ForkOfWorkflow(first ? "f-1" : "f-2", 3, 1_000L)), first ? place : null));
        };

        List<ForkDescription> forks = client.forks("w").toList();

        assertEquals(
                List.of(
                        new ForkDescription("f-1", 3, Instant.ofEpochMilli(1_000)),
                        new ForkDescription("f-2", 3, Instant.ofEpochMilli(1_000))),
                forks);
        assertEquals(place, engine.queries.get(1).getListForks().getCursor());
        ForkPage page =
                client.workflow("w", Void.class).forksAsync(Optional.empty(), 5).join();
        assertEquals(
                List.of("f-2"),
                client.forksAsync("w", page.nextCursor(), 5).join().forks().stream()
                        .map(ForkDescription::workflowId)
                        .toList());
        assertThrows(IllegalArgumentException.class, () -> client.forksAsync("w", Optional.of("?"), 5));
    }

    @Test
    void shouldTellThatThereIsNoSuchWorkflow() {
        engine.answerOther = (query, answer) -> {
            answer.setHistory(new HistoryAnswer(false, List.of(), null));
            answer.setForks(new ForksAnswer(false, List.of(), null));
        };

        assertThrows(WorkflowNotFoundException.class, () -> client.history("unknown"));
        assertThrows(WorkflowNotFoundException.class, () -> client.forks("unknown"));
        assertThrows(
                WorkflowNotFoundException.class,
                () -> client.workflow("unknown", Void.class).describe());
    }

    @Test
    void shouldTellTheEnginesErrorWhereItHasNoAnswer() {
        engine.answerOther = (query, answer) -> answer.setError("this engine is too old");

        MillraceException thrown = assertThrows(MillraceException.class, () -> client.history("w"));

        assertEquals("the engine could not answer: this engine is too old", thrown.getMessage());
    }

    @Test
    void shouldDescribeWhereAWorkflowComesFrom() {
        WorkflowState child = state("child", 1, WorkflowStatus.RUNNING);
        child.setParentWorkflowId("parent");
        child.setParentStep(3);
        child.setRun(2);
        engine.add(child);
        WorkflowState fork = state("fork", 2, WorkflowStatus.RUNNING);
        fork.setForkedFrom("source");
        fork.setForkedFromStep(5);
        engine.add(fork);

        WorkflowDescription described = client.describe("child").orElseThrow();
        assertEquals(Optional.of("parent"), described.parent());
        assertEquals(OptionalInt.of(3), described.parentStep());
        assertEquals(2, described.run());
        assertTrue(
                described.forkedFrom().isEmpty() && described.forkedFromStep().isEmpty());
        WorkflowDescription copy = client.describe("fork").orElseThrow();
        assertEquals(Optional.of("source"), copy.forkedFrom());
        assertEquals(OptionalInt.of(5), copy.forkedFromStep());
        assertTrue(copy.parent().isEmpty() && copy.parentStep().isEmpty());
        assertEquals(0, copy.run());
    }

    @Test
    void shouldAskForChildrenAndForksOfAWorkflow() {
        client.list(WorkflowFilter.all().parent("p").forkedFrom("s"));

        assertFalse(engine.queries.isEmpty());
        for (Query query : engine.queries) {
            assertEquals("p", query.getListWorkflows().getConditions().getParentWorkflowId());
            assertEquals("s", query.getListWorkflows().getConditions().getForkedFrom());
        }
    }

    private void answerHistory(List<HistoryEntry> entries, @Nullable Long next) {
        engine.answerOther = (query, answer) -> answer.setHistory(new HistoryAnswer(true, entries, next));
    }

    private static HistoryFact fact(Consumer<HistoryFact> set) {
        HistoryFact fact = new HistoryFact();
        set.accept(fact);
        return fact;
    }
}
