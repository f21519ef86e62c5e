package io.millrace.client;

import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A workflow as it was when the engine was asked. Immutable. */
public final class WorkflowDescription {
    private final WorkflowState state;
    private final @Nullable EncodedPayload input;

    WorkflowDescription(WorkflowState state, @Nullable EncodedPayload input) {
        this.state = state;
        this.input = input;
    }

    /** Its id. */
    public String workflowId() {
        return state.getWorkflowId();
    }

    /** The name of its code, as it was started with. */
    public String workflowType() {
        return state.getWorkflowType();
    }

    /** Where it is in its life. */
    public WorkflowStatus status() {
        return state.getStatus();
    }

    /** Whether it has ended, with a result or without. */
    public boolean isClosed() {
        return WorkflowStatuses.isClosed(status());
    }

    /** What it waits for, in words, where it waits. */
    public Optional<String> waitingFor() {
        return Optional.ofNullable(state.getWaitingFor());
    }

    /** The queue it is on. */
    public String queue() {
        return state.getQueue();
    }

    /** The only application version that may run it, where it was pinned to one. */
    public Optional<String> applicationVersion() {
        return Optional.ofNullable(state.getApplicationVersion());
    }

    /** The user's own labels. */
    public Map<String, String> attributes() {
        return Map.copyOf(state.getAttributes());
    }

    /** Its input; empty where it has none, and in lists, which do not carry inputs. */
    public Optional<EncodedPayload> input() {
        return Optional.ofNullable(input);
    }

    /** Its result, once it has completed with one; empty in lists, which do not carry outputs. */
    public Optional<EncodedPayload> output() {
        return Optional.ofNullable(EncodedPayload.of(state.getOutput()));
    }

    /**
     * What it returned, of a workflow that has ended.
     *
     * @throws WorkflowFailedException if it ended otherwise than {@code COMPLETED}
     * @throws IllegalStateException if it has not ended
     */
    public Optional<EncodedPayload> result() {
        if (!isClosed()) {
            throw new IllegalStateException(this + " has not ended");
        }
        if (status() != WorkflowStatus.COMPLETED) {
            throw WorkflowFailedException.of(this);
        }
        return output();
    }

    /** The error that ended it, where there was one. */
    public Optional<WorkflowFailure> failure() {
        return Optional.ofNullable(WorkflowFailure.of(state.getFailure()));
    }

    /** When the engine accepted it. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(state.getCreatedAtMs());
    }

    /** When a worker first had it. */
    public Optional<Instant> startedAt() {
        return instant(state.getStartedAtMs());
    }

    /** When it ended. */
    public Optional<Instant> completedAt() {
        return instant(state.getCompletedAtMs());
    }

    /** When it last changed. */
    public Instant updatedAt() {
        return Instant.ofEpochMilli(state.getUpdatedAtMs());
    }

    /** How long it may run. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(state.getTimeoutMs()).map(Duration::ofMillis);
    }

    /** When it will be {@code TIMED_OUT} unless it ends before. */
    public Optional<Instant> deadline() {
        return instant(state.getDeadlineMs());
    }

    /** How many executions it was granted, the present one included. */
    public long attempts() {
        return state.getEpoch();
    }

    /** How often it lost its worker since it was started, resumed or rewound. */
    public int recoveryAttempts() {
        return state.getRecoveryAttempts();
    }

    /** The worker that owns it. */
    public Optional<String> workerId() {
        return Optional.ofNullable(state.getWorkerId());
    }

    /** How many steps are on record. */
    public int stepCount() {
        return state.getStepCount();
    }

    /** The id of the workflow that started it, where one did. */
    public Optional<String> parent() {
        return Optional.ofNullable(state.getParentWorkflowId());
    }

    /** The step of its parent that it is. */
    public OptionalInt parentStep() {
        return optional(state.getParentStep());
    }

    /** The id of the workflow that it is a fork of, where it is one. */
    public Optional<String> forkedFrom() {
        return Optional.ofNullable(state.getForkedFrom());
    }

    /** The step from which on it runs by itself, where it is a fork: those before are copies. */
    public OptionalInt forkedFromStep() {
        return optional(state.getForkedFromStep());
    }

    /** How often it was resumed or rewound. */
    public int run() {
        return state.getRun();
    }

    /** Its priority on its queue, where it was given one. */
    public OptionalInt priority() {
        return optional(state.getPriority());
    }

    /** What no other open workflow of its queue has, where it was given it. */
    public Optional<String> deduplicationId() {
        return Optional.ofNullable(state.getDeduplicationId());
    }

    /** Whose work it is, where it was said. */
    public Optional<String> partitionKey() {
        return Optional.ofNullable(state.getPartitionKey());
    }

    /** Whether it was resumed while it waited: then it runs past the limits of its queue. */
    public boolean expedited() {
        return state.getExpedited();
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static Optional<Instant> instant(@Nullable Long epochMs) {
        return Optional.ofNullable(epochMs).map(Instant::ofEpochMilli);
    }

    @Override
    public String toString() {
        return "workflow " + workflowId() + " (" + workflowType() + ", " + status() + ")";
    }
}
