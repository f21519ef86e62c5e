package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
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
        EndWatches.Wait one = watches.await("w");
        EndWatches.Wait two = watches.await("w");

        watches.onStatus(state(WorkflowStatus.RUNNING), SMALL);
        assertFalse(one.end().isDone());
        watches.onStatus(state(WorkflowStatus.COMPLETED), SMALL);

        assertTrue(one.end().isDone() && two.end().isDone());
        assertFalse(one.complete(), "a workflow of someone else may have ended before, so the engine must be asked");
    }

    @Test
    void shouldNeedNoQueryForAWorkflowThatThisClientStarted() {
        watches.onStarting("w");
        watches.onStartAnswered("w", true);

        assertTrue(watches.await("w").complete());
    }

    @Test
    void shouldRememberAnEndThatCameBeforeTheReply() {
        watches.onStarting("w");
        watches.onStatus(state(WorkflowStatus.COMPLETED), SMALL);
        watches.onStartAnswered("w", true);

        EndWatches.Wait wait = watches.await("w");

        assertEquals(WorkflowStatus.COMPLETED, wait.end().join().getStatus());
    }

    @Test
    void shouldAskWhenTheWorkflowWasThereBefore() {
        watches.onStarting("w");
        EndWatches.Wait beforeTheReply = watches.await("w");
        watches.onStartAnswered("w", false);

        assertFalse(beforeTheReply.complete());
        assertFalse(watches.await("w").complete());
    }

    @Test
    void shouldForgetLargeResultsThatNobodyAskedFor() {
        watches.onStarting("w");
        watches.onStartAnswered("w", true);
        watches.onStatus(state(WorkflowStatus.COMPLETED), EndWatches.MAX_KEPT_BYTES + 1);

        assertFalse(watches.isWatched("w"));
        assertFalse(watches.await("w").complete());
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
        EndWatches.Wait wait = watches.await("w");
        watches.leave("w", wait.end());
        watches.leave("w", wait.end());

        assertEquals(0, watches.waiting());
        assertFalse(watches.isWatched("w"));
    }

    private static WorkflowState state(WorkflowStatus status) {
        return WorkflowState.newBuilder()
                .setWorkflowId("w")
                .setWorkflowType("test")
                .setStatus(status)
                .setQueue("default")
                .setCreatedAtMs(1)
                .setUpdatedAtMs(1)
                .build();
    }
}
