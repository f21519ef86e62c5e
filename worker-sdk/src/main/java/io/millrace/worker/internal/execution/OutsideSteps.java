package io.millrace.worker.internal.execution;

import io.millrace.schemas.Limits;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkerFact;
import io.millrace.worker.internal.replay.StepDecision;
import java.util.HashSet;
import java.util.Set;

/**
 * Steps that begin with a fact of the worker's and end when the engine says so: messages and children. For the workflow's thread alone.
 *
 * <p>The fact is sent at once, because somebody outside acts on it, and nobody here waits until it is acknowledged: what is acted on is the
 * record itself, which comes to the engine behind everything that was reported before it.
 */
final class OutsideSteps {
    /** Where no time is set. */
    static final long NEVER = Long.MAX_VALUE;

    private final Execution execution;
    private final CodeProgress progress;
    private final WorkflowThread thread;
    private final Set<Integer> children = new HashSet<>();

    OutsideSteps(Execution execution, CodeProgress progress, WorkflowThread thread) {
        this.execution = execution;
        this.progress = progress;
        this.thread = thread;
    }

    /** How a step that is not on record begins. */
    interface Beginning {
        Begun begin(int seq, long startedAtMs);
    }

    /** What to report, and until when the step waits at the most. */
    record Begun(WorkerFact fact, long untilMs) {}

    /** Calls a step and waits for its end. */
    RecordedStep callAndAwait(String name, StepKind kind, Beginning beginning) {
        requireRoom(name, kind);
        StepDecision decision = progress.call(name, kind);
        if (decision instanceof StepDecision.Return known) {
            return known.recorded();
        }
        if (decision instanceof StepDecision.Throw known) {
            return known.recorded();
        }
        StepDecision.Go go = (StepDecision.Go) decision;
        int seq = go.seq();
        long startedAtMs = startedAtMs(go);
        long untilMs;
        if (go.recorded() == null) {
            execution.trace().began(kind, name, seq);
            untilMs = begin(beginning.begin(seq, startedAtMs));
        } else {
            untilMs = recordedEnd(go.recorded());
        }
        if (!thread.awaitOutside(
                seq, untilMs, () -> ends().has(seq), progress.cancel().shielded())) {
            throw progress.cancel().tellInsteadOf(new StepCancelled(seq, name, kind, null, 1, startedAtMs, wallMs()));
        }
        return ends().take(seq);
    }

    private long begin(Begun begun) {
        execution.reportAtOnce(begun.fact());
        return begun.untilMs();
    }

    private long startedAtMs(StepDecision.Go go) {
        boolean known = go.recorded() != null && go.recorded().getStartedAtMs() != null;
        return known ? go.recorded().getStartedAtMs() : wallMs();
    }

    private static long recordedEnd(RecordedStep waiting) {
        return waiting.getDueAtMs() == null ? NEVER : waiting.getDueAtMs();
    }

    /** A child has begun, now or before: it counts as open until it is known to have ended. */
    void childIsOpen(int seq) {
        children.add(seq);
    }

    /**
     * Before the code calls a step that ends outside. How many are open is not the same in every run of the code, so what it did after a
     * refusal could not be repeated: the refusal ends it.
     *
     * @throws IllegalStateException if the engine could keep no more of them
     */
    void requireRoom(String name, StepKind kind) {
        progress.requireOwnCode("called step \"" + name + "\"");
        if (progress.journal().nextIs(kind) || progress.cancel().stops()) {
            // It is there already, or the call is where the code is told of the cancel, and begins nothing.
            return;
        }
        children.removeIf(ends()::has);
        if (children.size() + execution.waits().waiting() >= Limits.MAX_WAITING_STEPS) {
            throw progress.breakOff(new IllegalStateException("a workflow has at most " + Limits.MAX_WAITING_STEPS
                    + " steps that wait at once (children, messages, retries), and \"" + name
                    + "\" would be one more; let some of them end first"));
        }
    }

    /** Waits for a child, as often as the code asks. */
    void awaitChild(int seq) {
        progress.awaitOutside(seq, () -> !children.contains(seq) || ends().has(seq));
    }

    /** The end of a child, the first time it is seen. */
    RecordedStep takeChild(int seq) {
        children.remove(seq);
        return ends().take(seq);
    }

    private OutsideEnds ends() {
        return execution.outsideEnds();
    }

    private long wallMs() {
        return execution.host().environment().clock().wallMs();
    }
}
