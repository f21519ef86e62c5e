package io.millrace.worker.internal.execution;

import io.millrace.worker.internal.execution.ExecutionHost.Permission;
import java.util.function.BooleanSupplier;

/** How the workflow's own thread waits, and how it ends the execution where that is what comes of a wait. */
final class WorkflowThread {
    private final Execution execution;
    private final Waits waits;

    WorkflowThread(Execution execution) {
        this.execution = execution;
        this.waits = execution.waits();
    }

    /** Whether a side effect may be next. */
    enum Start {
        YES,
        /** Not while the workflow is paused. */
        PAUSED,
        /** The worker closes. */
        NEVER
    }

    /**
     * Waits for a time on behalf of a step.
     *
     * @return false if the cancel has ended the wait
     */
    boolean waitUntil(int seq, long untilMs, boolean shielded) {
        boolean over = untilMs <= execution.host().environment().clock().wallMs();
        return over || take(waits.workflowWaits(seq, untilMs, shielded));
    }

    /**
     * Waits for the end of a step that is not run by this thread.
     *
     * @return false if the cancel has ended the wait
     */
    boolean awaitEnd(int seq, BooleanSupplier hasEnded, boolean shielded) {
        return take(waits.workflowAwaits(seq, hasEnded, shielded));
    }

    /**
     * Waits for the end of a step that the engine decides.
     *
     * @param untilMs when it comes at the latest; {@link Long#MAX_VALUE} where no time is set
     * @return false if the cancel has ended the wait
     */
    boolean awaitOutside(int seq, long untilMs, BooleanSupplier hasEnded, boolean shielded) {
        return take(waits.workflowAwaitsOutside(seq, untilMs, hasEnded, shielded));
    }

    /** Stands still where nothing new may begin; returns when it may, or when the workflow was cancelled meanwhile. */
    void awaitPermission() {
        for (Start start = permitted(); start != Start.YES; start = permitted()) {
            take(start == Start.PAUSED ? waits.workflowPauses() : waits.workflowHalts());
        }
    }

    /** A side effect is next on any thread: what was reported must be on record, the lease held, and the worker staying. */
    Start mayStart() {
        Start now = permitted();
        if (now == Start.YES) {
            execution.awaitAcknowledged();
            return permitted();
        }
        return now;
    }

    private Start permitted() {
        Permission permission = execution.host().permission();
        if (permission == Permission.LAPSED) {
            throw new ExecutionAbandonedError("the worker's lease has lapsed");
        }
        if (permission == Permission.CLOSING) {
            return Start.NEVER;
        }
        return waits.isPaused() ? Start.PAUSED : Start.YES;
    }

    private boolean take(Turn turn) {
        if (turn instanceof Turn.Park park) {
            execution.park(park);
        } else if (turn instanceof Turn.Release release) {
            execution.release(release.reason());
        }
        execution.throwIfEnded();
        return !(turn instanceof Turn.Cancel);
    }
}
