package io.millrace.client.internal;

import io.millrace.client.LimitExceededException;
import io.millrace.client.WorkflowStatuses;
import io.millrace.schemas.WorkflowState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The workflows whose end matters to someone, as seen on the status topic. Thread-safe.
 *
 * <p>Two kinds are watched. <em>Awaited</em> ones have callers that wait. <em>Started</em> ones were started by this client:
 * they are watched from before their command is sent, because then nothing can have been missed, and whoever asks for their
 * result need not ask the engine first. That saves a query for each workflow under load, but a client that starts and never
 * asks must not pay for it, so only so many are kept and only small results with them; what is forgotten costs one query.
 */
final class EndWatches {
    /** More callers than this are a leak or an overload, and are told so. */
    static final int MAX_AWAITED = 100_000;

    /** Started workflows that nobody has asked for yet: more than a busy client has between a start and its result. */
    static final int MAX_STARTED = 16_384;

    /** The largest status record kept for a started workflow; bounds what forgotten results hold to 32 MB. */
    static final int MAX_KEPT_BYTES = 2_048;

    private final Map<String, List<CompletableFuture<WorkflowState>>> awaited = new HashMap<>();
    private final Map<String, Started> started = new LinkedHashMap<>();

    /** Callers that wait, whatever for. */
    private int waiting;

    /** What is known of a workflow that this client starts; mutable, guarded by the watches' lock. */
    private static final class Started {
        /** Whether the engine said that this start made the workflow: only then nothing can have been missed. */
        private boolean confirmed;

        private @Nullable WorkflowState end;
    }

    /**
     * A caller's wait.
     *
     * @param end completes when the workflow has ended
     * @param complete whether the watch began before the workflow did; if not, it may have ended unseen
     */
    record Wait(CompletableFuture<WorkflowState> end, boolean complete) {}

    /** To be called before a start is sent. */
    synchronized void onStarting(String workflowId) {
        started.putIfAbsent(workflowId, new Started());
        if (started.size() > MAX_STARTED) {
            started.remove(started.keySet().iterator().next());
        }
    }

    /** To be called with the engine's word on a start, before anyone can ask for the result. */
    synchronized void onStartAnswered(String workflowId, boolean isNew) {
        if (!isNew) {
            started.remove(workflowId);
            return;
        }
        Started start = started.get(workflowId);
        if (start != null) {
            start.confirmed = true;
        }
    }

    /** Begins to wait. Whoever calls must {@link #leave} when the future is done, however it is. */
    synchronized Wait await(String workflowId) {
        if (waiting >= MAX_AWAITED) {
            throw new LimitExceededException("the number of awaited results", waiting + 1L, MAX_AWAITED, "calls");
        }
        Started start = started.get(workflowId);
        boolean complete = start != null && start.confirmed;
        CompletableFuture<WorkflowState> end = new CompletableFuture<>();
        if (complete) {
            started.remove(workflowId);
            if (start.end != null) {
                end.complete(start.end);
            }
        }
        awaited.computeIfAbsent(workflowId, id -> new ArrayList<>(1)).add(end);
        waiting++;
        return new Wait(end, complete);
    }

    /** Ends a wait. */
    synchronized void leave(String workflowId, CompletableFuture<WorkflowState> end) {
        List<CompletableFuture<WorkflowState>> waits = awaited.get(workflowId);
        if (waits != null && waits.remove(end)) {
            waiting--;
            if (waits.isEmpty()) {
                awaited.remove(workflowId);
            }
        }
    }

    /** Whether a status of this workflow is worth reading. */
    synchronized boolean isWatched(String workflowId) {
        return awaited.containsKey(workflowId) || started.containsKey(workflowId);
    }

    /** To be called with each status of a watched workflow, in order. */
    void onStatus(WorkflowState state, int recordBytes) {
        if (WorkflowStatuses.isClosed(state.getStatus())) {
            // Outside the lock: completing runs what depends on the future, and that calls leave.
            take(state, recordBytes).forEach(end -> end.complete(state));
        }
    }

    private synchronized List<CompletableFuture<WorkflowState>> take(WorkflowState state, int recordBytes) {
        String workflowId = state.getWorkflowId();
        Started start = started.get(workflowId);
        if (start != null) {
            if (recordBytes <= MAX_KEPT_BYTES) {
                start.end = state;
            } else {
                started.remove(workflowId);
            }
        }
        return List.copyOf(awaited.getOrDefault(workflowId, List.of()));
    }

    /** Fails everyone who waits. */
    void failAll(RuntimeException error) {
        List<CompletableFuture<WorkflowState>> all = new ArrayList<>();
        synchronized (this) {
            awaited.values().forEach(all::addAll);
        }
        all.forEach(end -> end.completeExceptionally(error));
    }

    /** How many callers wait. */
    synchronized int waiting() {
        return waiting;
    }
}
