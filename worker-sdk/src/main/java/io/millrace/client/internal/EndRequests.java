package io.millrace.client.internal;

import io.millrace.client.EngineUnavailableException;
import io.millrace.client.MillraceException;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.schemas.Answer;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Waits for workflows to end: watches the status topic, and asks the engine where that alone proves nothing. Thread-safe. */
final class EndRequests {
    /** A question that comes later than the first has this much more time, so that it is the deadline that callers are told of. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final EndWatches watches;
    private final Engine engine;

    EndRequests(EndWatches watches, Engine engine) {
        this.watches = watches;
        this.engine = engine;
    }

    /** What is needed of the connection. */
    interface Engine {
        /** Asks the partition of a workflow; fails with {@link EngineUnavailableException} when there is no answer in time. */
        CompletableFuture<Answer> ask(String workflowId, Query query, Duration timeout);

        /** Fails the future after a time, unless it is done before. */
        void failAfter(Duration timeout, CompletableFuture<?> future, Supplier<RuntimeException> error);
    }

    /**
     * The end of a workflow.
     *
     * @return fails with {@link WorkflowNotFoundException}, or with {@link WorkflowStillOpenException} when the time is over; with {@link
     *     EngineUnavailableException} when the engine had to be asked and gave no answer by then
     */
    CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        EndWait wait = watches.await(workflowId, timeout);
        wait.end().whenComplete((state, error) -> watches.leave(wait));
        if (wait.openQuestion() == 0) {
            failAtDeadline(wait);
        } else {
            ask(wait, wait.left()).thenRun(() -> failAtDeadline(wait));
        }
        return wait.end();
    }

    /** To be called when a command by which the workflow may be open again was answered, before its caller is told. */
    void onReopened(String workflowId) {
        for (EndWait wait : watches.onReopened(workflowId)) {
            ask(wait, wait.left().plus(GRACE));
        }
    }

    private CompletableFuture<Answer> ask(EndWait wait, Duration timeout) {
        int number = wait.openQuestion();
        CompletableFuture<Answer> question = present(wait.workflowId(), timeout);
        wait.end().whenComplete((state, error) -> question.cancel(false));
        return question.whenComplete((answer, error) -> {
            if (error != null) {
                wait.end().completeExceptionally(error);
            } else {
                onAnswer(wait, number, answer);
            }
        });
    }

    private CompletableFuture<Answer> present(String workflowId, Duration timeout) {
        Query query = Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setGetWorkflow(new GetWorkflow(workflowId))
                .build();
        try {
            return engine.ask(workflowId, query, timeout);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void onAnswer(EndWait wait, int number, Answer answer) {
        if (answer.getWorkflow() == null) {
            wait.end()
                    .completeExceptionally(new MillraceException("the engine could not look up workflow \""
                            + wait.workflowId() + "\": "
                            + Optional.ofNullable(answer.getError()).orElse("its answer is empty")));
            return;
        }
        WorkflowState state = answer.getWorkflow().getWorkflow();
        if (state == null) {
            wait.end().completeExceptionally(new WorkflowNotFoundException(wait.workflowId()));
        } else {
            wait.onAnswer(number, state);
        }
    }

    private void failAtDeadline(EndWait wait) {
        engine.failAfter(
                wait.left(), wait.end(), () -> new WorkflowStillOpenException(wait.workflowId(), wait.timeout()));
    }
}
