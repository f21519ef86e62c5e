package io.millrace.client;

import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A step of a workflow as it was when the engine was asked. Immutable. */
public final class StepDescription {
    private final RecordedStep step;

    StepDescription(RecordedStep step) {
        this.step = step;
    }

    /** Its position: 1 for the first step that the workflow called. */
    public int seq() {
        return step.getSeq();
    }

    /** The name that the workflow's code gave it. */
    public String name() {
        return step.getName();
    }

    /** User code, or what the workflow waits for or does outside of it. */
    public StepKind kind() {
        return step.getKind();
    }

    /** Where it is in its life. */
    public StepStatus status() {
        return step.getStatus();
    }

    /** What it returned. */
    public Optional<EncodedPayload> output() {
        return Optional.ofNullable(EncodedPayload.of(step.getOutput()));
    }

    /** Its last error, whether it was tried again or not. */
    public Optional<WorkflowFailure> failure() {
        return Optional.ofNullable(WorkflowFailure.of(step.getFailure()));
    }

    /** How often it was started. */
    public int attempts() {
        return step.getAttempts();
    }

    /** When its last attempt began. */
    public Optional<Instant> startedAt() {
        return instant(step.getStartedAtMs());
    }

    /** When it ended. */
    public Optional<Instant> completedAt() {
        return instant(step.getCompletedAtMs());
    }

    /** When the wait ends or the next attempt begins. */
    public Optional<Instant> dueAt() {
        return instant(step.getDueAtMs());
    }

    /** The id of the workflow that it is, where it is a child. */
    public Optional<String> childWorkflowId() {
        return Optional.ofNullable(step.getChildWorkflowId());
    }

    /** What it said last with its heartbeat, where it has not ended. */
    public Optional<EncodedPayload> heartbeatDetails() {
        return Optional.ofNullable(EncodedPayload.of(step.getHeartbeatDetails()));
    }

    private static Optional<Instant> instant(@Nullable Long epochMs) {
        return Optional.ofNullable(epochMs).map(Instant::ofEpochMilli);
    }

    @Override
    public String toString() {
        return "step " + seq() + " (" + name() + ", " + status() + ")";
    }
}
