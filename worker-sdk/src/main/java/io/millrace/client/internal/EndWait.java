package io.millrace.client.internal;

import io.millrace.client.WorkflowStatuses;
import io.millrace.schemas.WorkflowState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One caller that waits for the end of a workflow. Thread-safe.
 *
 * <p>Where the workflow may have ended unseen, the engine is asked. Until it answers, statuses prove nothing: the topic is read at its own
 * pace, and may still tell of an end from before a resume that the caller knows of. The answer says in which run the workflow is, and
 * within a run nothing comes after its end; so from then on an end of that run, or of a later one, is what the caller waits for.
 */
final class EndWait {
    private final String workflowId;
    private final Duration timeout;
    private final long deadlineNanos;
    private final CompletableFuture<WorkflowState> end = new CompletableFuture<>();

    /** Counts the questions that were to be asked: the answer to an older one than the last is old news. */
    private int question;

    /** Whether the last question has no answer yet. */
    private boolean isAsking;

    /** The run whose end is waited for, unless a later one comes. */
    private int run;

    /** The last status seen while asking, if it was an end. */
    private @Nullable WorkflowState unproven;

    private EndWait(String workflowId, Duration timeout, boolean isAsking) {
        this.workflowId = workflowId;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
        this.isAsking = isAsking;
        this.question = isAsking ? 1 : 0;
    }

    /** A wait for a workflow of which every status was read, so that nobody need be asked. */
    static EndWait ofAllSeen(String workflowId, Duration timeout, @Nullable WorkflowState end) {
        EndWait wait = new EndWait(workflowId, timeout, false);
        if (end != null) {
            wait.end.complete(end);
        }
        return wait;
    }

    /** A wait for a workflow of which nothing is known: the engine must be asked. */
    static EndWait ofUnknown(String workflowId, Duration timeout) {
        return new EndWait(workflowId, timeout, true);
    }

    /** The workflow that is waited for. */
    String workflowId() {
        return workflowId;
    }

    /** How long the caller wants to wait. */
    Duration timeout() {
        return timeout;
    }

    /** How much of that is left; not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
    }

    /** Completes with the closed state. */
    CompletableFuture<WorkflowState> end() {
        return end;
    }

    /** The number of the question that has to be asked and answered before anything is certain; 0 where there is none. */
    synchronized int openQuestion() {
        return isAsking ? question : 0;
    }

    /** What is known may be out of date: the engine must be asked once more. */
    synchronized void forget() {
        question++;
        isAsking = true;
        unproven = null;
    }

    /** To be called with each status of the workflow, in order. */
    void onStatus(WorkflowState state) {
        if (isTheEnd(state)) {
            end.complete(state);
        }
    }

    private synchronized boolean isTheEnd(WorkflowState state) {
        boolean closed = WorkflowStatuses.isClosed(state.getStatus());
        if (isAsking) {
            unproven = closed ? state : null;
            return false;
        }
        return closed && state.getRun() >= run;
    }

    /** To be called with the workflow as the engine says that it is. */
    void onAnswer(int answered, WorkflowState state) {
        WorkflowState proven = endKnownWith(answered, state);
        if (proven != null) {
            end.complete(proven);
        }
    }

    private synchronized @Nullable WorkflowState endKnownWith(int answered, WorkflowState state) {
        if (!isAsking || answered != question) {
            return null;
        }
        isAsking = false;
        run = state.getRun();
        if (WorkflowStatuses.isClosed(state.getStatus())) {
            return state;
        }
        return unproven != null && unproven.getRun() >= run ? unproven : null;
    }
}
