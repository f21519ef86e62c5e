package io.millrace.worker.internal.execution;

import io.millrace.schemas.Limits;
import io.millrace.schemas.StepKind;
import io.millrace.worker.NonDeterministicWorkflowException;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.internal.replay.Difference;
import io.millrace.worker.internal.replay.Journal;
import io.millrace.worker.internal.replay.StepDecision;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the workflow's code has come: numbers its steps, compares them with the record, and tells it of a cancel at the right
 * point. Everything that the code asks for comes through here. For the workflow's thread alone.
 */
final class CodeProgress {
    private final Execution execution;
    private final Journal journal;
    private final CodeCancel cancel;
    private final WorkflowThread thread;
    private final SeenFailures failures = new SeenFailures();
    private final Thread owner = Thread.currentThread();
    private volatile boolean replaying;
    private boolean insideStep;
    private @Nullable RuntimeException broken;

    /** At the beginning of the code, whose cancel, if there is one, is known to the execution. */
    CodeProgress(Execution execution, Journal journal, WorkflowThread thread) {
        this.execution = execution;
        this.journal = journal;
        this.thread = thread;
        this.cancel = new CodeCancel(execution, this::differs);
        this.replaying = journal.replaying();
    }

    Journal journal() {
        return journal;
    }

    /** The code is shown that this step has failed: what to throw. */
    <E extends RuntimeException> E show(E failure, int seq) {
        return failures.show(failure, seq, journal.called());
    }

    /** Which step's failure has ended the code, if one's has. */
    Optional<SeenFailures.Seen> failedStep(Throwable thrown) {
        return failures.among(thrown);
    }

    /** Whether the code goes through what is on record; may be asked by any thread. */
    boolean replaying() {
        return replaying;
    }

    /** How the code is told of a cancel. */
    CodeCancel cancel() {
        return cancel;
    }

    /**
     * The code of a step begins, on whatever thread: where that is the workflow's own, it must not call what only the workflow's code may.
     *
     * @return to be given back when it ends
     */
    boolean enterStepCode() {
        if (Thread.currentThread() != owner) {
            return false;
        }
        boolean before = insideStep;
        insideStep = true;
        return before;
    }

    /** The code of a step has ended. */
    void leaveStepCode(boolean before) {
        if (Thread.currentThread() == owner) {
            insideStep = before;
        }
    }

    /**
     * The code calls a step and waits for its end.
     *
     * @return what is on record, or Go, and then it may begin: the workflow is not paused
     * @throws WorkflowCancelledException if the cancel surfaces here; the step is on record as cancelled then
     */
    StepDecision call(String name, StepKind kind) {
        StepDecision decision = number(name, kind);
        if (decision instanceof StepDecision.Cancelled) {
            throw cancel.tell();
        }
        if (decision instanceof StepDecision.Go go) {
            awaitPermission(go, name, kind);
        }
        return decision;
    }

    /**
     * As {@link #call}, for a step that goes on beside the code.
     *
     * @return also Cancelled, where an earlier run of the code had gone past this call: whoever waits for the step is to be told
     */
    StepDecision callBeside(String name, StepKind kind) {
        StepDecision decision = number(name, kind);
        return decision instanceof StepDecision.Go go ? beginBeside(go, name, kind) : decision;
    }

    /** As {@link #callBeside}. A child on record has begun and goes on by itself: its call is no place to be told of a cancel. */
    StepDecision callChild(String type) {
        StepDecision decision = number(type, StepKind.CHILD);
        boolean begins = decision instanceof StepDecision.Go go && go.recorded() == null;
        return begins ? beginBeside((StepDecision.Go) decision, type, StepKind.CHILD) : decision;
    }

    private StepDecision beginBeside(StepDecision.Go go, String name, StepKind kind) {
        if (cancel.stopsBeside(go, name, kind, journal.goesOn())) {
            return new StepDecision.Cancelled(go.seq());
        }
        awaitPermission(go, name, kind);
        return go;
    }

    private void awaitPermission(StepDecision.Go go, String name, StepKind kind) {
        cancel.throwIfStopped(go, name, kind);
        thread.awaitPermission();
        cancel.throwIfStopped(go, name, kind);
    }

    /**
     * The code waits for a step that it called before, and that runs beside it.
     *
     * @throws WorkflowCancelledException if the cancel surfaces here
     */
    void awaitEnd(int seq, BooleanSupplier hasEnded) {
        beginWait(seq);
        if (!hasEnded.getAsBoolean() && !thread.awaitEnd(seq, hasEnded, cancel.shielded())) {
            throw cancel.tell();
        }
    }

    /** As {@link #awaitEnd}, for a step that ends outside the worker. */
    void awaitOutside(int seq, BooleanSupplier hasEnded) {
        beginWait(seq);
        if (!hasEnded.getAsBoolean() && !thread.awaitOutside(seq, OutsideSteps.NEVER, hasEnded, cancel.shielded())) {
            throw cancel.tell();
        }
    }

    private void beginWait(int seq) {
        requireOwnCode("waited for step " + seq);
        cancel.atWait();
    }

    private StepDecision number(String name, StepKind kind) {
        requireOwnCode("called step \"" + name + "\"");
        Names.requireLength("a step's name", name, Limits.MAX_NAME_CHARS);
        cancel.throwIfTold();
        if (journal.called() == Limits.MAX_STEPS) {
            throw new IllegalStateException(
                    "a workflow has at most " + Limits.MAX_STEPS + " steps, and \"" + name + "\" would be one more");
        }
        StepDecision decision = journal.call(name, kind);
        replaying = journal.replaying();
        if (decision instanceof StepDecision.Differ differ) {
            throw differs(differ.difference());
        }
        cancel.atCall(journal.called(), decision);
        return decision;
    }

    /**
     * The code has come to its end, and so have the steps beside it: looks whether the record goes on.
     *
     * @param ending how it ended, in words
     */
    void requireEndOfRecord(String ending) {
        if (broken == null) {
            cancel.requireTold(ending);
            journal.leftOver(ending).ifPresent(this::differs);
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** Whether the code has left its record, or was broken off: then what is running has no place on it. */
    boolean differs() {
        return broken != null;
    }

    NonDeterministicWorkflowException differs(Difference first) {
        return breakOff(new NonDeterministicWorkflowException(first.position(), first.expected(), first.found()));
    }

    /** The code cannot go on: whatever it catches, it is told the same at its next call, and ends with it. */
    <E extends RuntimeException> E breakOff(E reason) {
        broken = reason;
        return reason;
    }

    void requireOwnCode(String what) {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a thread that is not the workflow's own " + what
                    + "; only the workflow's own code may, else its order could not be repeated");
        }
        if (insideStep) {
            throw new IllegalStateException("the code of a step " + what + "; only the workflow's own code may");
        }
        execution.throwIfEnded();
        if (broken != null) {
            throw broken;
        }
    }
}
