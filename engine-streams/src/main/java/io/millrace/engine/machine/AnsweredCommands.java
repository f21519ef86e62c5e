package io.millrace.engine.machine;

import io.millrace.schemas.HistoryFact;
import org.jspecify.annotations.Nullable;

/** Which commands a workflow's history tells of, whose answers are kept with it until it is purged. */
public final class AnsweredCommands {
    private AnsweredCommands() {}

    /** The command that made a fact; null where none did, and for the one that started the workflow, whose answer follows from the state. */
    public static @Nullable String idOf(HistoryFact fact) {
        return switch (FactKind.of(fact)) {
            case COMMAND_NOTED -> fact.getCommandNoted().getCommandId();
            case CANCEL_ASKED -> fact.getCancelAsked().getCommandId();
            case TERMINATED -> fact.getTerminated().getCommandId();
            case PAUSED -> fact.getPaused().getCommandId();
            case UNPAUSED -> fact.getUnpaused().getCommandId();
            case EXPEDITED -> fact.getExpedited().getCommandId();
            case PRIORITY_SET -> fact.getPrioritySet().getCommandId();
            case MOVED_TO_QUEUE -> fact.getMovedToQueue().getCommandId();
            case REOPENED -> fact.getReopened().getCommandId();
            case FORK_ASKED -> fact.getForkAsked().getCommandId();
            case MESSAGE_RECEIVED -> fact.getMessageReceived().getCommandId();
            case WORKFLOW_STARTED,
                    GRANTED,
                    STEP_COMPLETED,
                    STEP_ATTEMPT_FAILED,
                    STEP_HEARTBEAT,
                    STEP_CANCELLED,
                    SLEEP_STARTED,
                    WAIT_ELAPSED,
                    VALUE_RECORDED,
                    VALUE_SET,
                    RECEIVE_STARTED,
                    RECEIVE_SEEN,
                    MESSAGE_DELIVERED,
                    MESSAGE_SENT,
                    MESSAGE_ANSWERED,
                    CHILD_STARTED,
                    CHILD_ENDED,
                    STEPS_COPIED,
                    FORK_ANSWERED,
                    PARKED,
                    DELAY_ELAPSED,
                    RELEASED,
                    WORKER_LOST,
                    WORKFLOW_COMPLETED,
                    WORKFLOW_FAILED,
                    WORKFLOW_TIMED_OUT,
                    RECOVERY_EXHAUSTED,
                    CANCEL_SURFACED,
                    WORKFLOW_CANCELLED,
                    CANCEL_COMPLETED,
                    PURGED -> null;
        };
    }
}
