package io.millrace.engine.machine;

import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of a workflow are on record: read from a state, carried forward fact by fact, and written back by {@link FactApplier}
 * alone. Every method that takes something in says whether it was new.
 */
final class StepProgress {
    private int endedThrough;
    private final Set<Integer> endedAhead;
    private final Map<Integer, WaitingStep> waiting = new HashMap<>();
    private int valueAfterStep;
    private int valueOrdinal;

    StepProgress(StoredWorkflow workflow) {
        this.endedThrough = workflow.getEndedThrough();
        this.endedAhead = new HashSet<>(workflow.getEndedAhead());
        for (WaitingStep step : workflow.getWaitingSteps()) {
            waiting.put(step.getSeq(), step);
        }
        this.valueAfterStep = workflow.getLastValueAfterStep();
        this.valueOrdinal = workflow.getLastValueOrdinal();
    }

    /** Whether steps 1 to {@code count} have ended and no other one has. */
    boolean isExactly(int count) {
        return endedThrough == count && endedAhead.isEmpty();
    }

    /** How many steps have ended. */
    int count() {
        return endedThrough + endedAhead.size();
    }

    @Nullable
    WaitingStep waiting(int seq) {
        return waiting.get(seq);
    }

    /** How many steps have begun to wait and have not ended. */
    int waitingCount() {
        return waiting.size();
    }

    boolean end(int seq) {
        if (hasEnded(seq)) {
            return false;
        }
        waiting.remove(seq);
        endedAhead.add(seq);
        while (endedAhead.remove(endedThrough + 1)) {
            endedThrough++;
        }
        return true;
    }

    boolean beginSleep(int seq, String name) {
        if (hasEnded(seq) || waiting.containsKey(seq)) {
            return false;
        }
        waiting.put(seq, new WaitingStep(seq, name, StepKind.SLEEP, 0));
        return true;
    }

    boolean beginRetry(int seq, String name, int attempts) {
        WaitingStep before = waiting.get(seq);
        if (hasEnded(seq) || (before != null && before.getAttempts() >= attempts)) {
            return false;
        }
        waiting.put(seq, new WaitingStep(seq, name, StepKind.STEP, attempts));
        return true;
    }

    boolean recordValue(RecordedValue value) {
        boolean isNew = value.getAfterStep() > valueAfterStep
                || (value.getAfterStep() == valueAfterStep && value.getOrdinal() > valueOrdinal);
        if (isNew) {
            valueAfterStep = value.getAfterStep();
            valueOrdinal = value.getOrdinal();
        }
        return isNew;
    }

    void writeTo(StoredWorkflow workflow) {
        workflow.setEndedThrough(endedThrough);
        workflow.setEndedAhead(
                endedAhead.isEmpty() ? List.of() : endedAhead.stream().sorted().toList());
        List<WaitingStep> steps = new ArrayList<>(waiting.values());
        steps.sort(Comparator.comparingInt(WaitingStep::getSeq));
        workflow.setWaitingSteps(steps);
        workflow.setLastValueAfterStep(valueAfterStep);
        workflow.setLastValueOrdinal(valueOrdinal);
        workflow.getState().setStepCount(count());
    }

    private boolean hasEnded(int seq) {
        return seq <= endedThrough || endedAhead.contains(seq);
    }
}
