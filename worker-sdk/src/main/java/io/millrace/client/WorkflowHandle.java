package io.millrace.client;

import io.millrace.client.internal.GeneratedId;
import io.millrace.schemas.Fork;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One workflow, to be waited for, looked at and commanded. Holds nothing open: handles may be made and dropped freely. Thread-safe.
 *
 * <p>All that asks the engine throws {@link WorkflowNotFoundException} if there is no workflow of this id, and {@link
 * EngineUnavailableException} if there is no answer within the request timeout.
 *
 * @param <R> the type of the workflow's result
 */
public final class WorkflowHandle<R> extends WorkflowControl {
    private final Type resultType;
    private final boolean existing;
    private final LocalStarts.Ending ending;

    WorkflowHandle(MillraceClient client, String workflowId, Type resultType, boolean existing) {
        this(client, resultType, new WorkflowStarts.Started(workflowId, existing, null));
    }

    WorkflowHandle(MillraceClient client, Type resultType, WorkflowStarts.Started started) {
        super(client, started);
        this.resultType = resultType;
        this.existing = started.existing();
        LocalStarts.Ending here = started.localEnding();
        this.ending = here != null ? here : timeout -> client.ended(workflowId, timeout);
    }

    /** The workflow's id. */
    public String workflowId() {
        return workflowId;
    }

    /** Whether this start found the id taken, so that the handle is of the workflow that had it first. */
    public boolean existing() {
        return existing;
    }

    /**
     * Waits until the workflow has ended, however long that takes and through restarts of the engine. After a resume or a rewind that this
     * client was answered, it is the end that comes then.
     *
     * @return what the workflow returned; null where it returned nothing
     * @throws WorkflowFailedException if it ended otherwise than {@code COMPLETED}; {@link CancelledWorkflowException} and others say how
     * @throws io.millrace.payload.PayloadException if its output is no {@code R}
     */
    public @Nullable R result() {
        return result(MillraceClient.WITHOUT_LIMIT);
    }

    /**
     * Waits until the workflow has ended, but no longer than this.
     *
     * @throws WorkflowStillOpenException if it has not ended by then; otherwise as {@link #result()}
     */
    public @Nullable R result(Duration timeout) {
        return decodeOutput(Futures.await(output(timeout)));
    }

    /** As {@link #result()}, without a thread that waits. Cancelling the future ends the waiting, not the workflow. */
    public CompletableFuture<@Nullable R> resultAsync() {
        return resultAsync(MillraceClient.WITHOUT_LIMIT);
    }

    /** As {@link #result(Duration)}, without a thread that waits. */
    public CompletableFuture<@Nullable R> resultAsync(Duration timeout) {
        return client.onCallbackThread(output(timeout), this::decodeOutput);
    }

    /** Its status now. */
    public WorkflowStatus status() {
        return describe().status();
    }

    /** All that is known of it now, but for its steps. */
    public WorkflowDescription describe() {
        return Futures.await(untilKnown.call(() -> client.queries()
                .describe(workflowId)
                .thenApply(found -> found.orElseThrow(() -> new WorkflowNotFoundException(workflowId)))));
    }

    /** Copies the workflow, whatever its status, to a new one that runs from a step; this one is not changed. */
    public WorkflowHandle<R> fork(ForkOptions options) {
        return Futures.await(requestFork(options));
    }

    /** As {@link #fork(ForkOptions)}, without a thread that waits. */
    public CompletableFuture<WorkflowHandle<R>> forkAsync(ForkOptions options) {
        return client.onCallbackThread(requestFork(options), Function.identity());
    }

    /** The value that the workflow has set last under a key; empty if it has set none, or null. */
    public <T> Optional<T> value(String key, Class<T> type) {
        return decodeValue(Futures.await(askValue(key, Duration.ZERO)), type);
    }

    /** As {@link #value(String, Class)}, but waits until the value is set, the workflow is closed, or the time is over. */
    public <T> Optional<T> value(String key, Class<T> type, Duration wait) {
        return decodeValue(Futures.await(askValue(key, wait)), type);
    }

    /** As {@link #value(String, Class)}, without a thread that waits. */
    public <T> CompletableFuture<Optional<T>> valueAsync(String key, Class<T> type) {
        return valueAsync(key, type, Duration.ZERO);
    }

    /** As {@link #value(String, Class, Duration)}, without a thread that waits. */
    public <T> CompletableFuture<Optional<T>> valueAsync(String key, Class<T> type, Duration wait) {
        return client.onCallbackThread(askValue(key, wait), found -> decodeValue(found, type));
    }

    /** All that the engine has accepted of it, in order; as {@link MillraceClient#history}. */
    public Stream<HistoryEvent> history() {
        return client.queries().allHistory(workflowId, untilKnown);
    }

    /** A part of that, without a thread that waits; as {@link MillraceClient#historyAsync}. */
    public CompletableFuture<HistoryPage> historyAsync(long fromNumber, int limit) {
        return client.onCallbackThread(
                untilKnown.call(() -> client.queries().history(workflowId, fromNumber, limit)), Function.identity());
    }

    /** Its forks, the oldest first; as {@link MillraceClient#forks}. */
    public Stream<ForkDescription> forks() {
        return client.queries().allForks(workflowId, untilKnown);
    }

    /** Some of its forks, without a thread that waits; as {@link MillraceClient#forksAsync}. */
    public CompletableFuture<ForkPage> forksAsync(Optional<String> cursor, int limit) {
        return client.onCallbackThread(
                untilKnown.call(() -> client.queries().forks(workflowId, cursor, limit)), Function.identity());
    }

    private CompletableFuture<Optional<EncodedPayload>> output(Duration timeout) {
        CompletableFuture<WorkflowState> ended = ending.apply(timeout);
        return Futures.cancelling(ended, ended.thenApply(state -> new WorkflowDescription(state, null).result()));
    }

    private @Nullable R decodeOutput(Optional<EncodedPayload> output) {
        return client.payloads().decode("output", output, resultType);
    }

    private CompletableFuture<WorkflowHandle<R>> requestFork(ForkOptions options) {
        Fork fork = options.toFork(client.payloads());
        fork.setWorkflowId(options.workflowId().orElseGet(() -> GeneratedId.next()));
        return client.spans()
                .fork(workflowId, fork, () -> reply(ControlCommand.fork(fork, options.command())))
                .thenApply(reply -> {
                    // The command may be a repeated one, and its copy have the id that was made the first time.
                    String made = Optional.ofNullable(reply.getForkWorkflowId()).orElse(fork.getWorkflowId());
                    return new WorkflowHandle<>(client, made, resultType, false);
                });
    }

    private CompletableFuture<Optional<EncodedPayload>> askValue(String key, Duration wait) {
        return untilKnown.call(() -> client.queries().value(workflowId, key, wait));
    }

    private <T> Optional<T> decodeValue(Optional<EncodedPayload> value, Class<T> type) {
        return Optional.ofNullable(client.payloads().decode("value", value, type));
    }

    @Override
    public String toString() {
        return "workflow " + workflowId;
    }
}
