package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.StatusSink.Ending;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChangeBufferTest {
    private static final UUID LOG = UUID.randomUUID();

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<StatusChange> told = new ArrayList<>();
    private CompletableFuture<?> answer = CompletableFuture.completedFuture(null);
    private final ChangeBuffer buffer = buffer(ChangeFilter.all());

    @Test
    void shouldTellOneAfterTheOther() {
        buffer.begin(place(0));
        answer = new CompletableFuture<>();
        offer(1);
        offer(2);
        run();
        assertEquals(List.of(place(1).encode()), positions());

        answer.complete(null);
        answer = CompletableFuture.completedFuture(null);
        run();

        assertEquals(List.of(place(1).encode(), place(2).encode()), positions());
    }

    @Test
    void shouldTellNothingBeforeItHasBegun() {
        offer(1);
        run();
        assertEquals(List.of(), told);

        buffer.begin(place(0));
        run();

        assertEquals(1, told.size());
    }

    @Test
    void shouldSayUpToWhereTheListenerHasDealtWithAll() {
        buffer.begin(place(0));
        assertEquals(place(9), buffer.position(place(9)));

        answer = new CompletableFuture<>();
        offer(10);
        assertEquals(place(9), buffer.position(place(10)));
        run();
        assertEquals(place(9), buffer.position(place(10)));
        answer.complete(null);
        assertEquals(place(10), buffer.position(place(10)));
        run();
        assertEquals(place(12), buffer.position(place(12)));
    }

    @Test
    void shouldNeverLeadBackWhereAPlaceWasTakenBeforeOthersWereToldOf() {
        buffer.begin(place(0, 0));
        assertEquals(place(9, 0), buffer.position(place(9, 0)));
        buffer.offer(entry(1, 100, place(7, 1)), Duration.ZERO);
        run();

        assertEquals(List.of(place(9, 1).encode()), positions());
        answer = CompletableFuture.failedFuture(new IllegalStateException("no disk"));
        buffer.offer(entry(2, 100, place(8, 2)), Duration.ZERO);
        run();

        assertEquals(
                place(9, 1).encode(),
                assertInstanceOf(SubscriptionEndedException.class, end()).position());
    }

    @Test
    void shouldCountWhatPositionsTake() {
        StatusPosition large = new StatusPosition(LOG, new long[ChangeBuffer.MAX_WAITING_BYTES / Long.BYTES / 2]);
        assertTrue(buffer.offer(entry(1, 1, large), Duration.ZERO));

        assertFalse(buffer.offer(entry(2, 1, large), Duration.ZERO));
    }

    @Test
    void shouldHaveNoRoomBeyondItsBound() {
        buffer.begin(place(0));
        int bytes = ChangeBuffer.MAX_WAITING_BYTES / 4;
        assertTrue(buffer.offer(entry(1, bytes), Duration.ZERO));
        assertTrue(buffer.offer(entry(2, bytes), Duration.ZERO));
        assertTrue(buffer.offer(entry(3, bytes), Duration.ZERO));

        assertFalse(buffer.offer(entry(4, bytes), Duration.ZERO));

        run();
        assertTrue(buffer.offer(entry(4, bytes), Duration.ZERO));
        assertTrue(buffer(ChangeFilter.all()).offer(entry(1, 2 * ChangeBuffer.MAX_WAITING_BYTES), Duration.ZERO));
    }

    @Test
    void shouldWaitForRoomAsLongAsItIsTold() throws Exception {
        buffer.begin(place(0));
        buffer.offer(entry(1, ChangeBuffer.MAX_WAITING_BYTES), Duration.ZERO);
        CompletableFuture<Boolean> waits =
                CompletableFuture.supplyAsync(() -> buffer.offer(entry(2, 1), Duration.ofMinutes(1)));

        run();

        assertTrue(waits.get());
    }

    @Test
    void shouldEndWithThePositionToResumeFrom() {
        buffer.begin(place(0));
        offer(1);
        run();
        offer(2);

        buffer.end(Ending.NO_ROOM, null);
        run();

        SubscriptionEndedException ended = assertInstanceOf(SubscriptionEndedException.class, end());
        assertEquals(place(1).encode(), ended.position());
        assertEquals(1, told.size());
        assertTrue(buffer.offer(entry(3, 1), Duration.ZERO));
        run();
        assertEquals(1, told.size());
    }

    @Test
    void shouldEndWhenTheListenerFails() {
        buffer.begin(place(0));
        offer(1);
        run();
        answer = CompletableFuture.failedFuture(new IllegalStateException("no disk"));
        offer(2);
        offer(3);
        run();

        SubscriptionEndedException ended = assertInstanceOf(SubscriptionEndedException.class, end());
        assertEquals(place(1).encode(), ended.position());
        assertInstanceOf(IllegalStateException.class, ended.getCause());
        assertEquals(2, told.size());
    }

    @Test
    void shouldKeepAnEndThatComesBeforeItHasBegun() {
        buffer.end(Ending.UNREADABLE, new IllegalStateException("away"));
        assertFalse(buffer.ended().isDone());

        buffer.begin(place(3));
        run();

        assertEquals(
                place(3).encode(),
                assertInstanceOf(SubscriptionEndedException.class, end()).position());
    }

    @Test
    void shouldSayWhyItEnded() {
        for (Ending ending : List.of(Ending.LOG_REPLACED, Ending.CLOSED)) {
            ChangeBuffer other = buffer(ChangeFilter.all());
            other.begin(place(0));
            other.end(ending, null);
            run();
            CompletionException error = assertThrows(CompletionException.class, other.ended()::join);
            assertEquals(
                    ending == Ending.CLOSED ? MillraceException.class : UnknownPositionException.class,
                    error.getCause().getClass());
        }
        buffer.begin(place(0));
        buffer.close();
        run();
        buffer.ended().join();
    }

    @Test
    void shouldEndWhenTheExecutorTakesNothingMore() {
        ChangeBuffer rejected =
                new ChangeBuffer(ChangeFilter.all(), change -> CompletableFuture.completedFuture(null), task -> {
                    throw new RejectedExecutionException("shut down");
                });
        rejected.begin(place(0));

        rejected.offer(entry(1, 1), Duration.ZERO);

        assertThrows(CompletionException.class, rejected.ended()::join);
    }

    @Test
    void shouldWantWhatTheFilterLetsThrough() {
        ChangeBuffer some = buffer(ChangeFilter.all()
                .idPrefix("a")
                .status(WorkflowStatus.RUNNING)
                .type("test")
                .attribute("k", "v"));
        WorkflowState state = InMemoryEngine.state("a1", 0, WorkflowStatus.RUNNING);
        assertTrue(some.mayWant("a1"));
        assertFalse(some.mayWant("b1"));
        assertFalse(some.wants(state));
        state.getAttributes().put("k", "v");
        assertTrue(some.wants(state));
        state.setStatus(WorkflowStatus.COMPLETED);
        assertFalse(some.wants(state));
        ChangeBuffer one = buffer(ChangeFilter.all().workflowId("a1"));
        assertTrue(one.mayWant("a1") && !one.mayWant("a11"));
    }

    @Test
    void shouldEndWhenTheListenerBreaks() {
        assertInstanceOf(StackOverflowError.class, endOfOneWith(change -> {
            throw new StackOverflowError();
        }));
    }

    @Test
    void shouldEndWhenTheListenerReturnsNoFuture() {
        assertEquals(
                "the listener returned no future", endOfOneWith(change -> null).getMessage());
    }

    private Throwable endOfOneWith(Function<StatusChange, CompletableFuture<?>> listener) {
        ChangeBuffer other = new ChangeBuffer(ChangeFilter.all(), listener, tasks::add);
        other.begin(place(0));
        other.offer(entry(1, 1), Duration.ZERO);
        run();
        return assertThrows(CompletionException.class, other.ended()::join)
                .getCause()
                .getCause();
    }

    private ChangeBuffer buffer(ChangeFilter filter) {
        return new ChangeBuffer(
                filter,
                change -> {
                    told.add(change);
                    return answer;
                },
                tasks::add);
    }

    private Throwable end() {
        return assertThrows(CompletionException.class, buffer.ended()::join).getCause();
    }

    private void run() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private void offer(int number) {
        assertTrue(buffer.offer(entry(number, 100), Duration.ZERO));
    }

    private static StatusSink.Entry entry(int number, int bytes) {
        return entry(number, bytes, place(number));
    }

    private static StatusSink.Entry entry(int number, int bytes, StatusPosition after) {
        return new StatusSink.Entry(InMemoryEngine.state("w" + number, number, WorkflowStatus.RUNNING), bytes, after);
    }

    private static StatusPosition place(long... next) {
        return new StatusPosition(LOG, next);
    }

    private List<String> positions() {
        return told.stream().map(StatusChange::position).toList();
    }
}
