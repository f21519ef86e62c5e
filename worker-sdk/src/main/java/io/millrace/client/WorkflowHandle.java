package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One workflow, to be waited for and looked at. Holds nothing open: handles may be made and dropped freely. Thread-safe.
 *
 * @param <R> the type of the workflow's result
 */
public final class WorkflowHandle<R> {
    private final MillraceClient client;
    private final String workflowId;
    private final Type resultType;
    private final boolean existing;
    private final LocalStarts.Ending ending;

    WorkflowHandle(MillraceClient client, String workflowId, Type resultType, boolean existing) {
        this(client, workflowId, resultType, existing, timeout -> client.ended(workflowId, timeout));
    }

    /** A handle of a workflow that was started in this process. */
    WorkflowHandle(MillraceClient client, String workflowId, Type resultType, LocalStarts.Ending ending) {
        this(client, workflowId, resultType, false, ending);
    }

    private WorkflowHandle(
            MillraceClient client, String workflowId, Type resultType, boolean existing, LocalStarts.Ending ending) {
        this.client = client;
        this.workflowId = workflowId;
        this.resultType = resultType;
        this.existing = existing;
        this.ending = ending;
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
     * Waits until the workflow has ended, however long that takes and through restarts of the engine.
     *
     * @return what the workflow returned; null where it returned nothing
     * @throws WorkflowFailedException if it ended otherwise than {@code COMPLETED}
     * @throws WorkflowNotFoundException if there is none of this id
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
        return client.decode(MillraceClient.await(MillraceClient.resultOf(ending.apply(timeout))), resultType);
    }

    /** As {@link #result()}, without a thread that waits. Cancelling the future ends the waiting, not the workflow. */
    public CompletableFuture<@Nullable R> resultAsync() {
        return resultAsync(MillraceClient.WITHOUT_LIMIT);
    }

    /** As {@link #result(Duration)}, without a thread that waits. */
    public CompletableFuture<@Nullable R> resultAsync(Duration timeout) {
        return client.onCallbackThread(
                MillraceClient.resultOf(ending.apply(timeout)), output -> client.decode(output, resultType));
    }

    /**
     * Its status now.
     *
     * @throws WorkflowNotFoundException if there is none of this id
     */
    public WorkflowStatus status() {
        return describe().status();
    }

    /**
     * All that is known of it now, but for its steps.
     *
     * @throws WorkflowNotFoundException if there is none of this id
     */
    public WorkflowDescription describe() {
        return client.describe(workflowId).orElseThrow(() -> new WorkflowNotFoundException(workflowId));
    }

    @Override
    public String toString() {
        return "workflow " + workflowId;
    }
}
