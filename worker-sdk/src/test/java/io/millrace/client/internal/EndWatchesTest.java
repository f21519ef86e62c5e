package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndWatchesTest {
    private static final int SMALL = 100;

    private final EndWatches watches = new EndWatches();

    @Test
    void shouldIgnoreWorkflowsThatNobodyAsksFor() {
        assertFalse(watches.isWatched("other"));
    }

    @Test
    void shouldCompleteAllWhoWaitWhenTheWorkflowEnds() {
        EndWait one = await();
        EndWait two = await();
        assertEquals(
                1, one.openQuestion(), "a workflow of someone else may have ended before, so the engine must be asked");
        one.onAnswer(1, state(WorkflowStatus.RUNNING, 0));
        two.onAnswer(1, state(WorkflowStatus.RUNNING, 0));

        watches.onStatus(state(WorkflowStatus.RUNNING, 0), SMALL);
        assertFalse(one.end().isDone());
        watches.onStatus(state(WorkflowStatus.COMPLETED, 0), SMALL);

        assertTrue(one.end().isDone() && two.end().isDone());
    }

    @Test
    void shouldNeedNoQueryForAWorkflowThatThisClientStarted() {
        startNew();

        assertEquals(0, await().openQuestion());
    }

    @Test
    void shouldRememberAnEndThatCameBeforeTheReply() {
        watches.onStarting("w");
        watches.onStatus(state(WorkflowStatus.COMPLETED, 0), SMALL);
        watches.onStartAnswered("w", true);

        assertEquals(WorkflowStatus.COMPLETED, await().end().join().getStatus());
    }

    @Test
    void shouldForgetAKeptEndWhenTheWorkflowIsOpenAgain() {
        startNew();
        watches.onStatus(state(WorkflowStatus.CANCELLED, 0), SMALL);
        watches.onStatus(state(WorkflowStatus.ENQUEUED, 1), SMALL);

        EndWait wait = await();
        assertFalse(wait.end().isDone());
        watches.onStatus(state(WorkflowStatus.COMPLETED, 1), SMALL);

        assertEquals(WorkflowStatus.COMPLETED, wait.end().join().getStatus());
    }

    @Test
    void shouldAskAfterAReopeningWhateverWasKept() {
        startNew();
        watches.onStatus(state(WorkflowStatus.CANCELLED, 0), SMALL);

        assertEquals(List.of(), watches.onReopened("w"));

        EndWait wait = await();
        assertFalse(wait.end().isDone());
        assertEquals(1, wait.openQuestion());
    }

    @Test
    void shouldNotTakeAnEarlierEndThatIsReadAfterTheReplyToAReopening() {
        startNew();
        watches.onReopened("w");
        EndWait wait = await();
        watches.onStatus(state(WorkflowStatus.CANCELLED, 0), SMALL);
        wait.onAnswer(1, state(WorkflowStatus.RUNNING, 1));
        assertFalse(wait.end().isDone(), "the end came before the answer was made, or it would be closed there");
        watches.onStatus(state(WorkflowStatus.CANCELLED, 0), SMALL);
        assertFalse(wait.end().isDone(), "an end of an earlier run");

        watches.onStatus(state(WorkflowStatus.ENQUEUED, 1), SMALL);
        watches.onStatus(state(WorkflowStatus.FAILED, 1), SMALL);

        assertEquals(WorkflowStatus.FAILED, wait.end().join().getStatus());
    }

    @Test
    void shouldTakeAnEndThatIsReadBetweenTheAnswerBeingMadeAndComing() {
        EndWait wait = await();
        watches.onStatus(state(WorkflowStatus.COMPLETED, 1), SMALL);
        assertFalse(wait.end().isDone());

        wait.onAnswer(1, state(WorkflowStatus.RUNNING, 1));

        assertEquals(WorkflowStatus.COMPLETED, wait.end().join().getStatus());
    }

    @Test
    void shouldLetThoseWhoWaitAskAgainWhenTheWorkflowIsReopened() {
        startNew();
        EndWait sinceTheStart = await();
        EndWait asking = await();

        assertEquals(List.of(sinceTheStart, asking), watches.onReopened("w"));

        assertEquals(1, sinceTheStart.openQuestion());
        assertEquals(2, asking.openQuestion());
        asking.onAnswer(1, state(WorkflowStatus.CANCELLED, 0));
        watches.onStatus(state(WorkflowStatus.CANCELLED, 0), SMALL);
        assertFalse(asking.end().isDone() || sinceTheStart.end().isDone(), "both tell of the time before");
        asking.onAnswer(2, state(WorkflowStatus.COMPLETED, 1));
        assertEquals(WorkflowStatus.COMPLETED, asking.end().join().getStatus());
    }

    @Test
    void shouldAskWhenTheWorkflowWasThereBefore() {
        watches.onStarting("w");
        EndWait beforeTheReply = await();
        watches.onStartAnswered("w", false);

        assertEquals(1, beforeTheReply.openQuestion());
        assertEquals(1, await().openQuestion());
    }

    @Test
    void shouldForgetLargeResultsThatNobodyAskedFor() {
        startNew();
        watches.onStatus(state(WorkflowStatus.COMPLETED, 0), EndWatches.MAX_KEPT_BYTES + 1);

        assertFalse(watches.isWatched("w"));
        assertEquals(1, await().openQuestion());
    }

    @Test
    void shouldForgetTheOldestStartsWhenNobodyAsks() {
        for (int i = 0; i <= EndWatches.MAX_STARTED; i++) {
            watches.onStarting("w-" + i);
        }

        assertFalse(watches.isWatched("w-0"));
        assertTrue(watches.isWatched("w-1"));
    }

    @Test
    void shouldHoldNothingWhenThoseWhoWaitedHaveLeft() {
        EndWait wait = await();
        watches.leave(wait);
        watches.leave(wait);

        assertEquals(0, watches.waiting());
        assertFalse(watches.isWatched("w"));
    }

    private void startNew() {
        watches.onStarting("w");
        watches.onStartAnswered("w", true);
    }

    private EndWait await() {
        return watches.await("w", Duration.ofHours(1));
    }

    static WorkflowState state(WorkflowStatus status, int run) {
        return WorkflowState.newBuilder()
                .setWorkflowId("w")
                .setWorkflowType("test")
                .setStatus(status)
                .setQueue("default")
                .setCreatedAtMs(1)
                .setUpdatedAtMs(1)
                .setRun(run)
                .build();
    }
}
