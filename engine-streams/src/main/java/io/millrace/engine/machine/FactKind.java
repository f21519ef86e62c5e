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
    COMMAND_NOTED(HistoryFact::getCommandNoted);

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
            case STEP_COMPLETED, STEP_ATTEMPT_FAILED, SLEEP_STARTED, VALUE_RECORDED, COMMAND_NOTED -> false;
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
                    RECOVERY_EXHAUSTED -> true;
        };
    }
}
