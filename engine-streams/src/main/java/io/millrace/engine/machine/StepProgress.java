package io.millrace.engine.machine;

import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.ParentClosePolicy;
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
import java.util.function.IntPredicate;
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

    /** Whether steps 1 to {@code count} have ended, or are children that nobody waits for, and there is no other one. */
    boolean isExactly(int count) {
        int accounted = count();
        for (WaitingStep step : waiting.values()) {
            if (step.getSeq() > count) {
                return false;
            }
            accounted += step.getKind() == StepKind.CHILD ? 1 : 0;
        }
        // Positions are distinct: as many as there are, and none beyond, means all of them.
        return accounted == count && last() <= count;
    }

    /** The highest position that has ended. */
    private int last() {
        return endedAhead.stream().mapToInt(Integer::intValue).max().orElse(endedThrough);
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
        advance();
        return true;
    }

    private void advance() {
        while (endedAhead.remove(endedThrough + 1)) {
            endedThrough++;
        }
    }

    boolean beginSleep(int seq, String name) {
        if (hasEnded(seq) || waiting.containsKey(seq)) {
            return false;
        }
        waiting.put(seq, step(seq, name, StepKind.SLEEP));
        return true;
    }

    boolean beginReceive(int seq, String topic, @Nullable Long dueAtMs) {
        if (hasEnded(seq) || waiting.containsKey(seq)) {
            return false;
        }
        WaitingStep step = step(seq, topic, StepKind.RECEIVE);
        step.setTopic(topic);
        step.setDueAtMs(dueAtMs);
        waiting.put(seq, step);
        return true;
    }

    boolean beginSend(int seq, String topic) {
        if (hasEnded(seq) || waiting.containsKey(seq)) {
            return false;
        }
        waiting.put(seq, step(seq, topic, StepKind.SEND));
        return true;
    }

    boolean beginChild(ChildStarted child) {
        if (hasEnded(child.getSeq()) || waiting.containsKey(child.getSeq())) {
            return false;
        }
        WaitingStep step = step(child.getSeq(), child.getStart().getWorkflowType(), StepKind.CHILD);
        step.setChildWorkflowId(child.getChildWorkflowId());
        step.setClosePolicy(child.getClosePolicy());
        waiting.put(child.getSeq(), step);
        return true;
    }

    /** The first step that waits for a message of this topic. */
    @Nullable
    WaitingStep receiver(String topic) {
        WaitingStep first = null;
        for (WaitingStep step : waiting.values()) {
            boolean waits = step.getKind() == StepKind.RECEIVE && topic.equals(step.getTopic());
            if (waits && (first == null || step.getSeq() < first.getSeq())) {
                first = step;
            }
        }
        return first;
    }

    /** Whether a child is open that is to end before its parent has stopped. */
    boolean hasChildrenToStop() {
        return waiting.values().stream()
                .anyMatch(
                        step -> step.getKind() == StepKind.CHILD && step.getClosePolicy() != ParentClosePolicy.ABANDON);
    }

    /** The children are left to themselves, whatever was said before. */
    void abandonChildren() {
        for (WaitingStep step : List.copyOf(waiting.values())) {
            if (step.getKind() == StepKind.CHILD) {
                WaitingStep abandoned = step(step.getSeq(), step.getName(), StepKind.CHILD);
                abandoned.setChildWorkflowId(step.getChildWorkflowId());
                abandoned.setClosePolicy(ParentClosePolicy.ABANDON);
                waiting.put(step.getSeq(), abandoned);
            }
        }
    }

    /** The code starts again, with the steps that stay on record; children among those go on, and nothing else that had begun. */
    void reopen(int fromStep, int valuesFromStep, IntPredicate dropped) {
        int through = endedThrough;
        endedThrough = 0;
        endedAhead.removeIf(dropped::test);
        for (int seq = 1; seq <= Math.min(through, fromStep - 1); seq++) {
            if (!dropped.test(seq)) {
                endedAhead.add(seq);
            }
        }
        advance();
        waiting.values().removeIf(step -> step.getKind() != StepKind.CHILD || dropped.test(step.getSeq()));
        if (valueAfterStep >= valuesFromStep) {
            // Which value was the last before is not known here; the worker knows those that are on record and sends
            // none again.
            valueAfterStep = valuesFromStep - 1;
            valueOrdinal = -1;
        }
    }

    boolean beginRetry(int seq, String name, int attempts) {
        WaitingStep before = waiting.get(seq);
        if (hasEnded(seq) || (before != null && before.getAttempts() >= attempts)) {
            return false;
        }
        WaitingStep step = step(seq, name, StepKind.STEP);
        step.setAttempts(attempts);
        waiting.put(seq, step);
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

    private static WaitingStep step(int seq, String name, StepKind kind) {
        WaitingStep step = new WaitingStep();
        step.setSeq(seq);
        step.setName(name);
        step.setKind(kind);
        return step;
    }

    boolean hasEnded(int seq) {
        return seq <= endedThrough || endedAhead.contains(seq);
    }
}
