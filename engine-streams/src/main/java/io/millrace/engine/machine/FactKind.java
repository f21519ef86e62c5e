package io.millrace.engine.machine;

import io.millrace.schemas.HistoryFact;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which fact a {@link HistoryFact} holds, for exhaustive switches. */
public enum FactKind {
    STEP_COMPLETED(HistoryFact::getStepCompleted),
    WORKFLOW_STARTED(HistoryFact::getWorkflowStarted),
    GRANTED(HistoryFact::getGranted),
    WORKFLOW_COMPLETED(HistoryFact::getWorkflowCompleted),
    WORKFLOW_FAILED(HistoryFact::getWorkflowFailed),
    STEP_ATTEMPT_FAILED(HistoryFact::getStepAttemptFailed),
    SLEEP_STARTED(HistoryFact::getSleepStarted),
    VALUE_RECORDED(HistoryFact::getValueRecorded),
    PARKED(HistoryFact::getParked),
    WAIT_ELAPSED(HistoryFact::getWaitElapsed),
    DELAY_ELAPSED(HistoryFact::getDelayElapsed),
    RELEASED(HistoryFact::getReleased),
    WORKER_LOST(HistoryFact::getWorkerLost),
    WORKFLOW_TIMED_OUT(HistoryFact::getWorkflowTimedOut),
    RECOVERY_EXHAUSTED(HistoryFact::getRecoveryExhausted),
    COMMAND_NOTED(HistoryFact::getCommandNoted),
    STEP_HEARTBEAT(HistoryFact::getStepHeartbeat),
    STEP_CANCELLED(HistoryFact::getStepCancelled),
    CANCEL_SURFACED(HistoryFact::getCancelSurfaced),
    RECEIVE_STARTED(HistoryFact::getReceiveStarted),
    RECEIVE_SEEN(HistoryFact::getReceiveSeen),
    MESSAGE_SENT(HistoryFact::getMessageSent),
    VALUE_SET(HistoryFact::getValueSet),
    CHILD_STARTED(HistoryFact::getChildStarted),
    WORKFLOW_CANCELLED(HistoryFact::getWorkflowCancelled),
    CANCEL_ASKED(HistoryFact::getCancelAsked),
    CANCEL_COMPLETED(HistoryFact::getCancelCompleted),
    TERMINATED(HistoryFact::getTerminated),
    PAUSED(HistoryFact::getPaused),
    UNPAUSED(HistoryFact::getUnpaused),
    EXPEDITED(HistoryFact::getExpedited),
    REOPENED(HistoryFact::getReopened),
    FORK_ASKED(HistoryFact::getForkAsked),
    FORK_ANSWERED(HistoryFact::getForkAnswered),
    STEPS_COPIED(HistoryFact::getStepsCopied),
    MESSAGE_RECEIVED(HistoryFact::getMessageReceived),
    MESSAGE_DELIVERED(HistoryFact::getMessageDelivered),
    MESSAGE_ANSWERED(HistoryFact::getMessageAnswered),
    CHILD_ENDED(HistoryFact::getChildEnded),
    PRIORITY_SET(HistoryFact::getPrioritySet),
    MOVED_TO_QUEUE(HistoryFact::getMovedToQueue),
    PURGED(HistoryFact::getPurged);

    // values() copies the array; this is read for every fact.
    private static final FactKind[] ALL = values();

    private final Function<HistoryFact, @Nullable Object> body;

    FactKind(Function<HistoryFact, @Nullable Object> body) {
        this.body = body;
    }

    /**
     * The kind of a fact.
     *
     * @throws IllegalArgumentException if no field that this version knows is set
     */
    public static FactKind of(HistoryFact fact) {
        for (FactKind kind : ALL) {
            if (kind.body.apply(fact) != null) {
                return kind;
            }
        }
        throw new IllegalArgumentException("a history fact of a kind that this engine does not know");
    }

    /** Whether the workflow's published state (its status, its owner, what it waits for) is another one after this fact. */
    public boolean changesPublishedState() {
        return switch (this) {
            case STEP_COMPLETED,
                    STEP_ATTEMPT_FAILED,
                    SLEEP_STARTED,
                    VALUE_RECORDED,
                    COMMAND_NOTED,
                    STEP_HEARTBEAT,
                    STEP_CANCELLED,
                    CANCEL_SURFACED,
                    RECEIVE_STARTED,
                    RECEIVE_SEEN,
                    MESSAGE_SENT,
                    VALUE_SET,
                    CHILD_STARTED,
                    FORK_ASKED,
                    FORK_ANSWERED,
                    MESSAGE_RECEIVED -> false;
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
                    STEPS_COPIED,
                    MESSAGE_DELIVERED,
                    MESSAGE_ANSWERED,
                    CHILD_ENDED,
                    PURGED -> true;
        };
    }

    /** Whether the workflow is closed after this fact. */
    public boolean closes() {
        return this == WORKFLOW_COMPLETED
                || this == WORKFLOW_FAILED
                || this == WORKFLOW_TIMED_OUT
                || this == RECOVERY_EXHAUSTED
                || this == CANCEL_COMPLETED
                || this == TERMINATED;
    }
}
