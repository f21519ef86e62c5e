package io.millrace.client.internal;

import static io.millrace.client.internal.EndWatchesTest.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.MillraceException;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndRequestsTest {
    private static final int SMALL = 100;

    private final List<CompletableFuture<Answer>> questions = new ArrayList<>();
    private final List<Runnable> deadlines = new ArrayList<>();
    private final EndWatches watches = new EndWatches();
    private final EndRequests requests = new EndRequests(watches, new EndRequests.Engine() {
        @Override
        public CompletableFuture<Answer> ask(String workflowId, Query query, Duration timeout) {
            assertEquals(workflowId, query.getGetWorkflow().getWorkflowId());
            questions.add(new CompletableFuture<>());
            return questions.get(questions.size() - 1);
        }

        @Override
        public void failAfter(Duration timeout, CompletableFuture<?> future, Supplier<RuntimeException> error) {
            deadlines.add(() -> future.completeExceptionally(error.get()));
        }
    });

    @Test
    void shouldReturnAnEndThatTheEngineKnows() {
        CompletableFuture<WorkflowState> end = ended();
        answer(0, state(WorkflowStatus.COMPLETED, 0));

        assertEquals(WorkflowStatus.COMPLETED, end.join().getStatus());
        assertEquals(0, watches.waiting());
    }

    @Test
    void shouldWaitForTheEndAfterAReopeningAlsoWhenTheWaitBeganBefore() {
        CompletableFuture<WorkflowState> begunBefore = ended();
        answer(0, state(WorkflowStatus.CANCELLING, 0));

        requests.onReopened("w");
        watches.onStatus(state(WorkflowStatus.CANCELLED, 0), SMALL);
        CompletableFuture<WorkflowState> begunAfter = ended();
        assertEquals(3, questions.size());
        answer(1, state(WorkflowStatus.RUNNING, 1));
        answer(2, state(WorkflowStatus.RUNNING, 1));
        assertFalse(begunBefore.isDone() || begunAfter.isDone());
        watches.onStatus(state(WorkflowStatus.COMPLETED, 1), SMALL);

        assertEquals(WorkflowStatus.COMPLETED, begunBefore.join().getStatus());
        assertEquals(WorkflowStatus.COMPLETED, begunAfter.join().getStatus());
    }

    @Test
    void shouldAskNobodyForWhatThisClientStarted() {
        watches.onStarting("w");
        watches.onStartAnswered("w", true);
        CompletableFuture<WorkflowState> end = ended();
        watches.onStatus(state(WorkflowStatus.FAILED, 0), SMALL);

        assertEquals(WorkflowStatus.FAILED, end.join().getStatus());
        assertEquals(List.of(), questions);
    }

    @Test
    void shouldTellOpenFromUnknownFromUnanswered() {
        CompletableFuture<WorkflowState> open = ended();
        answer(0, state(WorkflowStatus.RUNNING, 0));
        deadlines.get(0).run();
        CompletableFuture<WorkflowState> unknown = ended();
        answer(1, null);
        deadlines.clear();
        CompletableFuture<WorkflowState> unanswered = ended();
        assertEquals(List.of(), deadlines, "until the engine has answered, nobody knows that it is open");
        questions.get(2).completeExceptionally(new EngineUnavailableException("no engine", null));
        CompletableFuture<WorkflowState> failed = ended();
        questions.get(3).complete(answer());

        assertInstanceOf(WorkflowStillOpenException.class, error(open));
        assertInstanceOf(WorkflowNotFoundException.class, error(unknown));
        assertInstanceOf(EngineUnavailableException.class, error(unanswered));
        assertInstanceOf(MillraceException.class, error(failed));
        assertEquals(0, watches.waiting());
    }

    @Test
    void shouldTakeBackTheQuestionWhenTheCallerHasLostInterest() {
        CompletableFuture<WorkflowState> end = ended();
        requests.onReopened("w");

        end.cancel(false);

        assertTrue(questions.get(0).isCancelled() && questions.get(1).isCancelled());
        assertFalse(watches.isWatched("w"));
    }

    private CompletableFuture<WorkflowState> ended() {
        return requests.ended("w", Duration.ofHours(1));
    }

    private void answer(int question, @Nullable WorkflowState state) {
        Answer answer = answer();
        answer.setWorkflow(new WorkflowAnswer(state, null));
        questions.get(question).complete(answer);
    }

    private static Answer answer() {
        return Answer.newBuilder().setQueryId("q").setPartition(0).build();
    }

    private static Throwable error(CompletableFuture<?> future) {
        return assertThrows(CompletionException.class, future::join).getCause();
    }
}
