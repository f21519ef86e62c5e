package io.millrace.engine.machine;

import io.millrace.schemas.Failure;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import org.jspecify.annotations.Nullable;

/** How much a fact adds to what a grant of its workflow carries, in bytes and rather too many than too few. */
final class FactSizes {
    private static final int FRAME_BYTES = 64;

    /** A character takes up to three bytes in UTF-8. */
    private static final int BYTES_PER_CHAR = 3;

    private FactSizes() {}

    static long of(HistoryFact fact) {
        return switch (FactKind.of(fact)) {
            case STEP_COMPLETED ->
                FRAME_BYTES
                        + size(fact.getStepCompleted().getName())
                        + size(fact.getStepCompleted().getOutput())
                        + size(fact.getStepCompleted().getFailure());
            case STEP_ATTEMPT_FAILED ->
                FRAME_BYTES
                        + size(fact.getStepAttemptFailed().getName())
                        + size(fact.getStepAttemptFailed().getFailure());
            case SLEEP_STARTED -> FRAME_BYTES + size(fact.getSleepStarted().getName());
            case VALUE_RECORDED -> FRAME_BYTES + size(fact.getValueRecorded().getValue());
            // Only the last one is granted, but all of them are read for that.
            case STEP_HEARTBEAT ->
                FRAME_BYTES
                        + size(fact.getStepHeartbeat().getName())
                        + size(fact.getStepHeartbeat().getDetails());
            case STEP_CANCELLED ->
                FRAME_BYTES
                        + size(fact.getStepCancelled().getName())
                        + size(fact.getStepCancelled().getFailure());
            case RECEIVE_STARTED -> FRAME_BYTES + size(fact.getReceiveStarted().getTopic());
            case MESSAGE_SENT -> FRAME_BYTES + size(fact.getMessageSent().getTopic());
            case VALUE_SET ->
                FRAME_BYTES
                        + size(fact.getValueSet().getKey())
                        + size(fact.getValueSet().getValue());
            case CHILD_STARTED ->
                FRAME_BYTES
                        + size(fact.getChildStarted().getChildWorkflowId())
                        + size(fact.getChildStarted().getStart().getWorkflowType());
            case CHILD_ENDED ->
                size(fact.getChildEnded().getOutput())
                        + size(fact.getChildEnded().getFailure());
            // Not when it is delivered: what waits is to have a bound too.
            case MESSAGE_RECEIVED ->
                FRAME_BYTES + size(fact.getMessageReceived().getPayload());
            case STEPS_COPIED ->
                fact.getStepsCopied().getSteps().stream()
                                .mapToLong(RecordSizes::of)
                                .sum()
                        + fact.getStepsCopied().getValues().stream()
                                .mapToLong(RecordSizes::of)
                                .sum();
            case WORKFLOW_STARTED,
                    GRANTED,
                    WORKFLOW_COMPLETED,
                    WORKFLOW_FAILED,
                    PARKED,
                    WAIT_ELAPSED,
                    DELAY_ELAPSED,
                    RELEASED,
                    WORKER_LOST,
                    WORKFLOW_TIMED_OUT,
                    RECOVERY_EXHAUSTED,
                    COMMAND_NOTED,
                    CANCEL_SURFACED,
                    RECEIVE_SEEN,
                    WORKFLOW_CANCELLED,
                    CANCEL_ASKED,
                    CANCEL_COMPLETED,
                    TERMINATED,
                    PAUSED,
                    UNPAUSED,
                    EXPEDITED,
                    PRIORITY_SET,
                    MOVED_TO_QUEUE,
                    REOPENED,
                    FORK_ASKED,
                    FORK_ANSWERED,
                    MESSAGE_DELIVERED,
                    MESSAGE_ANSWERED,
                    PURGED -> 0;
        };
    }

    private static long size(String text) {
        return (long) BYTES_PER_CHAR * text.length();
    }

    private static long size(@Nullable Payload payload) {
        return payload == null ? 0 : payload.getData().remaining();
    }

    private static long size(@Nullable Failure failure) {
        if (failure == null) {
            return 0;
        }
        String trace = failure.getStackTrace();
        return size(failure.getType()) + size(failure.getMessage()) + (trace == null ? 0 : size(trace));
    }
}
