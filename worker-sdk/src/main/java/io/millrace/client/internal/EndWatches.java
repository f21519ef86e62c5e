package io.millrace.client.internal;

import io.millrace.client.LimitExceededException;
import io.millrace.client.WorkflowStatuses;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workflows whose end matters to someone, as seen on the status topic. Thread-safe.
 *
 * <p>Two kinds are watched. <em>Awaited</em> ones have callers that wait. <em>Started</em> ones were started by this client:
 * they are watched from before their command is sent, because then nothing can have been missed, and whoever asks for their
 * result need not ask the engine first. That saves a query for each workflow under load, but a client that starts and never
 * asks must not pay for it, so only so many are kept and only small results with them; what is forgotten costs one query.
 *
 * <p>An end is not for ever: a workflow may be resumed or rewound. After such a command of this client, nothing is known of it any more,
 * because the status topic is read at its own pace, and what it says of the time before may come after the reply. So everyone who
 * waits asks the engine (see {@link EndWait}).
 */
final class EndWatches {
    /** More callers than this are a leak or an overload, and are told so. */
    static final int MAX_AWAITED = 100_000;

    /** Started workflows that nobody has asked for yet: more than a busy client has between a start and its result. */
    static final int MAX_STARTED = 16_384;

    /** The largest status record kept for a started workflow; bounds what forgotten results hold to 32 MB. */
    static final int MAX_KEPT_BYTES = 2_048;

    private final Map<String, List<EndWait>> awaited = new HashMap<>();
    private final Map<String, Started> started = new LinkedHashMap<>();

    /** Callers that wait, whatever for. */
    private int waiting;

    /** What is known of a workflow that this client starts; mutable, guarded by the watches' lock. */
    private static final class Started {
        /** Whether the engine said that this start made the workflow: only then nothing can have been missed. */
        private boolean confirmed;

        /** Its present end, while it is closed. */
        private @Nullable WorkflowState end;
    }

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

    /**
     * To be called when a command by which the workflow may be open again was answered, before its caller is told.
     *
     * @return who waits and must ask the engine once more
     */
    synchronized List<EndWait> onReopened(String workflowId) {
        started.remove(workflowId);
        List<EndWait> waits = List.copyOf(awaited.getOrDefault(workflowId, List.of()));
        waits.forEach(EndWait::forget);
        return waits;
    }

    /** Begins to wait. Whoever calls must {@link #leave} when its end is there, whatever it is. */
    synchronized EndWait await(String workflowId, Duration timeout) {
        if (waiting >= MAX_AWAITED) {
            throw new LimitExceededException("the number of awaited results", waiting + 1L, MAX_AWAITED, "calls");
        }
        Started start = started.get(workflowId);
        EndWait wait;
        if (start != null && start.confirmed) {
            started.remove(workflowId);
            wait = EndWait.ofAllSeen(workflowId, timeout, start.end);
        } else {
            wait = EndWait.ofUnknown(workflowId, timeout);
        }
        awaited.computeIfAbsent(workflowId, id -> new ArrayList<>(1)).add(wait);
        waiting++;
        return wait;
    }

    /** Ends a wait. */
    synchronized void leave(EndWait wait) {
        List<EndWait> waits = awaited.get(wait.workflowId());
        if (waits != null && waits.remove(wait)) {
            waiting--;
            if (waits.isEmpty()) {
                awaited.remove(wait.workflowId());
            }
        }
    }

    /** Whether a status of this workflow is worth reading. */
    synchronized boolean isWatched(String workflowId) {
        return awaited.containsKey(workflowId) || started.containsKey(workflowId);
    }

    /** To be called with each status of a watched workflow, in order. */
    void onStatus(WorkflowState state, int recordBytes) {
        // Outside the lock: completing runs what depends on the future, and that calls leave.
        keep(state, recordBytes).forEach(wait -> wait.onStatus(state));
    }

    private synchronized List<EndWait> keep(WorkflowState state, int recordBytes) {
        String workflowId = state.getWorkflowId();
        Started start = started.get(workflowId);
        if (start != null) {
            if (!WorkflowStatuses.isClosed(state.getStatus())) {
                start.end = null;
            } else if (recordBytes <= MAX_KEPT_BYTES) {
                start.end = state;
            } else {
                started.remove(workflowId);
            }
        }
        return List.copyOf(awaited.getOrDefault(workflowId, List.of()));
    }

    /** Fails everyone who waits. */
    void failAll(RuntimeException error) {
        List<EndWait> all = new ArrayList<>();
        synchronized (this) {
            awaited.values().forEach(all::addAll);
        }
        all.forEach(wait -> wait.end().completeExceptionally(error));
    }

    /** How many callers wait. */
    synchronized int waiting() {
        return waiting;
    }
}
