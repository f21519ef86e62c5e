package io.millrace.worker.internal.execution;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepKind;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.internal.replay.Difference;
import io.millrace.worker.internal.replay.InterruptionPoints;
import io.millrace.worker.internal.replay.StepDecision;
import java.util.function.Function;

/**
 * Tells the workflow's code of a cancel: at the first point at which that stops something, or, in a replay, where it was told before.
 * For the workflow's thread alone.
 */
final class CodeCancel {
    private final Execution execution;
    private final InterruptionPoints points;
    private final Function<Difference, ? extends RuntimeException> differs;

    /**
     * At the beginning of the code.
     *
     * @param differs what to throw where the code does not come to the point at which it was told
     */
    CodeCancel(Execution execution, Function<Difference, ? extends RuntimeException> differs) {
        this.execution = execution;
        this.differs = differs;
        this.points = new InterruptionPoints(execution.cancelRequest().notice());
    }

    /** Clean-up code begins, which a cancel does not stop. */
    void shield() {
        points.shield();
    }

    /** Clean-up code is at its end. */
    void unshield() {
        points.unshield();
    }

    /** Whether a cancel does not stop what the code wants here. */
    boolean shielded() {
        return points.shielded();
    }

    /** Whether the cancel is there, and stops what the code wants here. */
    boolean stops() {
        return execution.cancelRequest().isRequested() && !points.shielded();
    }

    /** Whether the code has been told. */
    boolean surfaced() {
        return points.surfaced();
    }

    /** Once it was told, the code can go on in shielded scopes alone: all else throws before it is counted. */
    void throwIfTold() {
        if (points.surfaced() && !points.shielded()) {
            throw exception();
        }
    }

    /** The code calls the step that this is about. */
    void atCall(int seq, StepDecision decision) {
        points.atCall(seq);
        if (points.surfacedHereOnRecord() && !(decision instanceof StepDecision.Go)) {
            throw tell();
        }
    }

    /** The code waits for a step that it called before. */
    void atWait() {
        throwIfTold();
        points.atWait();
        if (points.surfacedHereOnRecord()) {
            throw tell();
        }
    }

    /** The step that the code has just called would begin here, or go on. */
    void throwIfStopped(StepDecision.Go go, String name, StepKind kind) {
        if (points.surfacedHereOnRecord() || stops()) {
            throw tellInsteadOf(notBegun(go, name, kind));
        }
    }

    /**
     * The step that the code has just called would go on beside it. Where an earlier run of the code had gone past this call, the cancel
     * stops the step and not the code, which is told when it waits.
     *
     * @param recordGoesOn whether something is on record that the code did after this call
     * @return whether it has stopped the step
     */
    boolean stopsBeside(StepDecision.Go go, String name, StepKind kind, boolean recordGoesOn) {
        boolean wentPast = !points.surfacedHereOnRecord() && (recordGoesOn || points.surfacesLaterOnRecord());
        if (!stops() || !wentPast) {
            return false;
        }
        execution.report(Facts.of(notBegun(go, name, kind)));
        return true;
    }

    /**
     * The code is about to be shown something that may have ended by the cancel. Where an earlier run of the code was shown that and went
     * on, it is again.
     *
     * @param recordGoesOn whether something is on record that the code did after this
     * @throws WorkflowCancelledException if it is told of the cancel instead
     */
    void tellRather(boolean recordGoesOn) {
        if (stops() && !recordGoesOn && !points.surfacesLaterOnRecord()) {
            throw tell();
        }
    }

    /** The cancel surfaces at the present point: what to throw. */
    WorkflowCancelledException tell() {
        if (points.surfacesLaterOnRecord()) {
            throw differs.apply(points.cameElsewhere("something before that which is not on record"));
        }
        boolean news = !points.surfaced() && !points.surfacedHereOnRecord();
        CancelSurfaced fact = points.surface();
        if (news) {
            execution.report(Facts.of(fact));
        }
        return exception();
    }

    /** As {@link #tell}, where it is the step that was just called that does not end. */
    WorkflowCancelledException tellInsteadOf(StepCancelled step) {
        WorkflowCancelledException told = tell();
        execution.report(Facts.of(step));
        return told;
    }

    /** The code has ended, as described: it must have come to where it was told. */
    void requireTold(String ending) {
        if (points.surfacesLaterOnRecord()) {
            throw differs.apply(points.cameElsewhere(ending));
        }
    }

    private WorkflowCancelledException exception() {
        CancelNotice notice = execution.cancelRequest().notice();
        // Without a notice: a step is on record as cancelled, and the workflow goes on all the same.
        return notice == null
                ? new WorkflowCancelledException("unknown", null)
                : new WorkflowCancelledException(notice.getIssuer(), notice.getReason());
    }

    private StepCancelled notBegun(StepDecision.Go go, String name, StepKind kind) {
        RecordedStep recorded = go.recorded();
        Long startedAtMs = recorded == null ? null : recorded.getStartedAtMs();
        long nowMs = execution.host().environment().clock().wallMs();
        return new StepCancelled(go.seq(), name, kind, null, go.attemptsBefore(), startedAtMs, nowMs);
    }
}
