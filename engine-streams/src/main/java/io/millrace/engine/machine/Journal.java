package io.millrace.engine.machine;

import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an execution needs to know of the past: input, steps and recorded values, read off a workflow's history. */
public final class Journal {
    private @Nullable Payload input;
    private final TreeMap<Integer, RecordedStep> steps = new TreeMap<>();
    private final List<RecordedValue> values = new ArrayList<>();

    /** Takes in the next entry; entries come in order. */
    public void add(HistoryEntry entry) {
        for (HistoryFact fact : entry.getFacts()) {
            add(fact, entry.getAtMs());
        }
    }

    /** The input of the workflow. */
    public @Nullable Payload input() {
        return input;
    }

    /** The steps in order of their position. */
    public List<RecordedStep> steps() {
        return List.copyOf(steps.values());
    }

    /** The recorded values in order. */
    public List<RecordedValue> values() {
        return List.copyOf(values);
    }

    private void add(HistoryFact fact, long atMs) {
        switch (FactKind.of(fact)) {
            case WORKFLOW_STARTED ->
                input = fact.getWorkflowStarted().getStart().getInput();
            case STEP_COMPLETED -> stepCompleted(fact.getStepCompleted());
            case STEP_ATTEMPT_FAILED -> stepAttemptFailed(fact.getStepAttemptFailed());
            case SLEEP_STARTED -> {
                var sleep = fact.getSleepStarted();
                RecordedStep step = step(sleep.getSeq(), sleep.getName(), StepKind.SLEEP);
                step.setStatus(StepStatus.WAITING);
                step.setStartedAtMs(sleep.getStartedAtMs());
                step.setDueAtMs(sleep.getDueAtMs());
            }
            case WAIT_ELAPSED -> waitElapsed(fact.getWaitElapsed().getSeq(), atMs);
            case VALUE_RECORDED -> values.add(fact.getValueRecorded());
            case COMMAND_NOTED,
                    DELAY_ELAPSED,
                    GRANTED,
                    PARKED,
                    WORKFLOW_COMPLETED,
                    WORKFLOW_FAILED,
                    RELEASED,
                    WORKER_LOST,
                    WORKFLOW_TIMED_OUT,
                    RECOVERY_EXHAUSTED -> {}
        }
    }

    private void stepCompleted(StepCompleted completed) {
        RecordedStep step = step(completed.getSeq(), completed.getName(), StepKind.STEP);
        if (step.getStartedAtMs() == null) {
            step.setStartedAtMs(completed.getStartedAtMs());
        }
        step.setCompletedAtMs(completed.getCompletedAtMs());
        step.setDueAtMs(null);
        step.setAttempts(completed.getAttempt());
        step.setOutput(completed.getOutput());
        step.setStatus(completed.getFailure() == null ? StepStatus.COMPLETED : StepStatus.FAILED);
        if (completed.getFailure() != null) {
            step.setFailure(completed.getFailure());
        }
    }

    private void stepAttemptFailed(StepAttemptFailed failed) {
        RecordedStep step = step(failed.getSeq(), failed.getName(), StepKind.STEP);
        step.setStatus(StepStatus.RETRYING);
        if (step.getStartedAtMs() == null) {
            step.setStartedAtMs(failed.getStartedAtMs());
        }
        step.setAttempts(failed.getAttempt());
        step.setFailure(failed.getFailure());
        step.setDueAtMs(failed.getRetryAtMs());
    }

    /**
     * The end of a wait ends a sleep, and makes the next attempt of a step due. By whose clock is decided here and nowhere else: a worker
     * that compared the time with its own might park again, and again.
     */
    private void waitElapsed(int seq, long atMs) {
        RecordedStep step = steps.get(seq);
        if (step == null) {
            return;
        }
        step.setDueAtMs(null);
        if (step.getKind() == StepKind.SLEEP) {
            step.setStatus(StepStatus.COMPLETED);
            step.setCompletedAtMs(atMs);
        }
    }

    private RecordedStep step(int seq, String name, StepKind kind) {
        return steps.computeIfAbsent(
                seq,
                position -> RecordedStep.newBuilder()
                        .setSeq(position)
                        .setName(name)
                        .setKind(kind)
                        .setStatus(StepStatus.UNKNOWN)
                        .build());
    }
}
