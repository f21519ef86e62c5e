package io.millrace.worker.internal.replay;

import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StepKind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of a workflow, and how far the code has come in it. The code's first step is compared with step 1 on record, and so
 * on; a position may be missing among steps that ran side by side, where a later one ended first.
 */
public final class Journal {
    private final Map<Integer, RecordedStep> steps;
    private final Map<ValuePosition, RecordedValue> values;
    private final int lastRecorded;
    private final ValuePosition lastValue;
    private int called;
    private int valuesHere;

    private record ValuePosition(int afterStep, int ordinal) {
        boolean isBehind(ValuePosition other) {
            return afterStep > other.afterStep || afterStep == other.afterStep && ordinal > other.ordinal;
        }
    }

    /** The record as the grant had it; the code has not begun. */
    public Journal(List<RecordedStep> steps, List<RecordedValue> values) {
        this.steps = new HashMap<>(steps.size() * 2);
        int last = 0;
        for (RecordedStep step : steps) {
            this.steps.put(step.getSeq(), step);
            last = Math.max(last, step.getSeq());
        }
        this.lastRecorded = last;
        this.values = new HashMap<>(values.size() * 2);
        ValuePosition lastPosition = new ValuePosition(-1, 0);
        for (RecordedValue value : values) {
            ValuePosition position = new ValuePosition(value.getAfterStep(), value.getOrdinal());
            this.values.put(position, value);
            lastPosition = position.isBehind(lastPosition) ? position : lastPosition;
        }
        this.lastValue = lastPosition;
    }

    /** Numbers the step that the code calls now, and says what is known of it. */
    public StepDecision call(String name, StepKind kind) {
        int seq = called + 1;
        // What is recorded is read once; letting go of it keeps a long replay from holding every output to the end.
        RecordedStep recorded = steps.get(seq);
        if (recorded != null && !(recorded.getName().equals(name) && recorded.getKind() == kind)) {
            return new StepDecision.Differ(new Difference(seq, describe(recorded), describe(kind, name)));
        }
        steps.remove(seq);
        called = seq;
        valuesHere = 0;
        return recorded == null ? new StepDecision.Go(seq, null) : decide(recorded);
    }

    private static StepDecision decide(RecordedStep recorded) {
        int seq = recorded.getSeq();
        return switch (recorded.getStatus()) {
            case COMPLETED -> new StepDecision.Return(seq, recorded);
            case FAILED -> new StepDecision.Throw(seq, recorded);
            case WAITING, RETRYING -> new StepDecision.Go(seq, recorded);
            case CANCELLED -> new StepDecision.Cancelled(seq);
            case UNKNOWN ->
                new StepDecision.Differ(new Difference(
                        seq, describe(recorded) + " in a status that this worker does not know", "a call of it"));
        };
    }

    /** Whether the step that the code calls next is on record as one of this kind. */
    public boolean nextIs(StepKind kind) {
        RecordedStep next = steps.get(called + 1);
        return next != null && next.getKind() == kind;
    }

    /** How many steps the code has called. */
    public int called() {
        return called;
    }

    /** How many of the values at this place the code has asked for: the ordinal of the next one. */
    public int nextValueOrdinal() {
        return valuesHere;
    }

    /** The value that is on record here, if any; the next question is about the next place. */
    public Optional<RecordedValue> nextValue() {
        RecordedValue recorded = values.get(new ValuePosition(called, valuesHere));
        valuesHere++;
        return Optional.ofNullable(recorded);
    }

    /** Whether the code still goes through steps that were run before. */
    public boolean replaying() {
        return called < lastRecorded;
    }

    /** Whether an earlier run of the code has gone past this point: something is on record that it did afterwards. */
    public boolean goesOn() {
        return replaying() || !new ValuePosition(called, valuesHere).isBehind(lastValue);
    }

    /** The first recorded step that the code did not come to, when it ended in the way that is described. */
    public Optional<Difference> leftOver(String ending) {
        return steps.values().stream()
                .filter(step -> step.getSeq() > called)
                .min(Comparator.comparingInt(RecordedStep::getSeq))
                .map(step -> new Difference(step.getSeq(), describe(step), ending));
    }

    private static String describe(RecordedStep step) {
        return describe(step.getKind(), step.getName());
    }

    private static String describe(StepKind kind, String name) {
        return switch (kind) {
            case STEP -> "step \"" + name + "\"";
            case SLEEP -> "a sleep";
            case RECEIVE -> "a wait for a message on topic \"" + name + "\"";
            case SEND -> "a message on topic \"" + name + "\"";
            case SET_VALUE -> "the value \"" + name + "\"";
            case CHILD -> "a child \"" + name + "\"";
            case UNKNOWN -> "\"" + name + "\", which is of a kind that this worker does not know,";
        };
    }
}
