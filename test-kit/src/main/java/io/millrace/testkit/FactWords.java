package io.millrace.testkit;

import io.millrace.engine.machine.FactKind;
import io.millrace.payload.JsonPayloadCodec;
import io.millrace.schemas.Failure;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCompleted;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts facts, payloads and failures into words, a line each. */
final class FactWords {
    /** Enough of a payload or of a message to know it again. */
    private static final int LONGEST_TEXT = 160;

    private final UnaryOperator<String> workerNames;

    FactWords(UnaryOperator<String> workerNames) {
        this.workerNames = workerNames;
    }

    String of(HistoryFact fact) {
        return switch (FactKind.of(fact)) {
            case WORKFLOW_STARTED ->
                started(
                        fact.getWorkflowStarted().getIssuer(),
                        fact.getWorkflowStarted().getStart());
            case COMMAND_NOTED ->
                fact.getCommandNoted().getCommand() + " by "
                        + fact.getCommandNoted().getIssuer() + ": "
                        + fact.getCommandNoted().getAnswer();
            case DELAY_ELAPSED -> "the delay is over";
            case GRANTED ->
                "granted to " + workerNames.apply(fact.getGranted().getWorkerId()) + ", epoch "
                        + fact.getGranted().getEpoch();
            case STEP_COMPLETED -> completed(fact.getStepCompleted());
            case STEP_ATTEMPT_FAILED -> attemptFailed(fact.getStepAttemptFailed());
            case SLEEP_STARTED ->
                step(fact.getSleepStarted().getSeq(), fact.getSleepStarted().getName()) + " sleeps until "
                        + at(fact.getSleepStarted().getDueAtMs());
            case VALUE_RECORDED ->
                "recorded " + fact.getValueRecorded().getKind() + " "
                        + fact.getValueRecorded().getValue();
            case PARKED ->
                "parked until "
                        + (fact.getParked().getUntilMs() == Long.MAX_VALUE
                                ? "something happens"
                                : at(fact.getParked().getUntilMs()).toString());
            case WAIT_ELAPSED -> "the wait of step " + fact.getWaitElapsed().getSeq() + " is over";
            case PURGED -> "purged, after " + Duration.ofMillis(fact.getPurged().getRetentionMs());
            case RELEASED -> "released: " + fact.getReleased().getReason();
            case WORKER_LOST -> workerNames.apply(fact.getWorkerLost().getWorkerId()) + " was lost";
            case WORKFLOW_COMPLETED ->
                "completed: " + of(fact.getWorkflowCompleted().getOutput());
            case WORKFLOW_FAILED -> "failed: " + of(fact.getWorkflowFailed().getFailure());
            case WORKFLOW_TIMED_OUT ->
                "timed out after "
                        + Duration.ofMillis(fact.getWorkflowTimedOut().getTimeoutMs());
            case RECOVERY_EXHAUSTED ->
                "given up: lost its worker " + fact.getRecoveryExhausted().getRecoveryAttempts() + " times";
            case STEP_HEARTBEAT,
                    STEP_CANCELLED,
                    CANCEL_SURFACED,
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
                    FORK_ANSWERED -> ControlWords.of(fact);
            case RECEIVE_STARTED,
                    RECEIVE_SEEN,
                    MESSAGE_SENT,
                    VALUE_SET,
                    CHILD_STARTED,
                    STEPS_COPIED,
                    MESSAGE_RECEIVED,
                    MESSAGE_DELIVERED,
                    MESSAGE_ANSWERED,
                    CHILD_ENDED -> ExchangeWords.of(fact);
        };
    }

    private static String started(String issuer, Start start) {
        return "started by " + issuer + " with " + of(start.getInput())
                + (start.getDelayMs() == null ? "" : ", delayed by " + Duration.ofMillis(start.getDelayMs()))
                + (start.getTimeoutMs() == null ? "" : ", times out after " + Duration.ofMillis(start.getTimeoutMs()));
    }

    private static String completed(StepCompleted step) {
        String name = step(step.getSeq(), step.getName());
        return step.getFailure() == null
                ? name + " completed: " + of(step.getOutput())
                : name + " failed in attempt " + step.getAttempt() + ", the last: " + of(step.getFailure());
    }

    private static String attemptFailed(StepAttemptFailed step) {
        return step(step.getSeq(), step.getName()) + " failed in attempt " + step.getAttempt() + ", the next is at "
                + at(step.getRetryAtMs()) + ": " + of(step.getFailure());
    }

    static String step(int seq, String name) {
        return "step " + seq + " \"" + name + "\"";
    }

    private static Instant at(long epochMs) {
        return Instant.ofEpochMilli(epochMs);
    }

    static String of(Failure failure) {
        return shortened(failure.getType() + ": " + failure.getMessage());
    }

    static String of(@Nullable Payload payload) {
        if (payload == null) {
            return "nothing";
        }
        return payload.getCodec().equals(JsonPayloadCodec.NAME)
                ? shortened(StandardCharsets.UTF_8
                        .decode(payload.getData().duplicate())
                        .toString())
                : payload.getData().remaining() + " bytes of " + payload.getCodec();
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "..." : line;
    }
}
