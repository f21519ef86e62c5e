package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.schemas.CancelNotice;
import io.millrace.schemas.Grant;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.RecordedValue;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkerFact;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The record of one workflow as its facts make it, and what an engine refuses of them. */
final class RecordFold {
    private static final Set<StepStatus> ENDED =
            EnumSet.of(StepStatus.COMPLETED, StepStatus.FAILED, StepStatus.CANCELLED);

    private final TreeMap<Integer, RecordedStep> steps = new TreeMap<>();
    private final List<RecordedValue> values = new ArrayList<>();
    private @Nullable CancelNotice cancel;
    private @Nullable String end;

    void cancel() {
        if (cancel == null) {
            cancel = Records.notice();
        }
    }

    boolean isCancelled() {
        return cancel != null;
    }

    /** How it ended; null while it is open. */
    @Nullable
    String end() {
        return end;
    }

    /** When the first wait is over; 0 where there is none. */
    long nextDueAtMs() {
        return steps.values().stream()
                .filter(step -> !ENDED.contains(step.getStatus()) && step.getDueAtMs() != null)
                .mapToLong(RecordedStep::getDueAtMs)
                .min()
                .orElse(0);
    }

    Grant grant(long epoch) {
        Grant grant = Records.grant("w", epoch, "");
        grant.setSteps(steps.values().stream()
                .map(step -> RecordedStep.newBuilder(step).build())
                .toList());
        grant.setValues(List.copyOf(values));
        if (cancel != null) {
            grant.setCancel(CancelNotice.newBuilder(cancel).build());
        }
        return grant;
    }

    void apply(WorkerFact fact) {
        assertNull(end, () -> "a fact after the end: " + fact);
        if (fact.getStepCompleted() != null) {
            var done = fact.getStepCompleted();
            RecordedStep step = open(done.getSeq(), done.getName(), StepKind.STEP);
            step.setStatus(done.getFailure() == null ? StepStatus.COMPLETED : StepStatus.FAILED);
            step.setOutput(done.getOutput());
            step.setFailure(done.getFailure());
            step.setAttempts(done.getAttempt());
        } else if (fact.getStepAttemptFailed() != null) {
            var failed = fact.getStepAttemptFailed();
            RecordedStep step = open(failed.getSeq(), failed.getName(), StepKind.STEP);
            step.setStatus(StepStatus.RETRYING);
            step.setAttempts(failed.getAttempt());
            step.setDueAtMs(failed.getRetryAtMs());
        } else if (fact.getSleepStarted() != null) {
            var sleep = fact.getSleepStarted();
            RecordedStep step = open(sleep.getSeq(), sleep.getName(), StepKind.SLEEP);
            step.setStatus(StepStatus.WAITING);
            step.setDueAtMs(sleep.getDueAtMs());
        } else if (fact.getStepCancelled() != null) {
            assertNotNull(cancel, "a step was cancelled, and the workflow was not");
            var stopped = fact.getStepCancelled();
            open(stopped.getSeq(), stopped.getName(), stopped.getKind()).setStatus(StepStatus.CANCELLED);
        } else if (fact.getCancelSurfaced() != null) {
            assertNotNull(cancel, "the code was told of a cancel that there is not");
            assertNull(cancel.getSurfacedAfterStep(), "the code was told twice");
            cancel.setSurfacedAfterStep(fact.getCancelSurfaced().getAfterStep());
            cancel.setSurfacedPoint(fact.getCancelSurfaced().getPoint());
        } else if (fact.getValueRecorded() != null) {
            values.add(fact.getValueRecorded());
        } else {
            applyEnd(fact);
        }
    }

    private void applyEnd(WorkerFact fact) {
        if (fact.getWorkflowCompleted() != null) {
            end = "completed";
            requireEnded(fact.getWorkflowCompleted().getStepCount());
        } else if (fact.getWorkflowCancelled() != null) {
            end = "cancelled";
            assertNotNull(cancel.getSurfacedAfterStep(), "cancelled, and its code was not told");
            requireEnded(fact.getWorkflowCancelled().getStepCount());
        } else if (fact.getWorkflowFailed() != null) {
            end = "failed: " + fact.getWorkflowFailed().getFailure().getMessage();
        }
    }

    private void requireEnded(int stepCount) {
        assertEquals(stepCount, steps.size(), () -> "steps at the end: " + steps);
        steps.values().forEach(step -> assertEquals(true, ENDED.contains(step.getStatus()), step::toString));
    }

    private RecordedStep open(int seq, String name, StepKind kind) {
        RecordedStep step = steps.computeIfAbsent(
                seq,
                fresh -> RecordedStep.newBuilder()
                        .setSeq(seq)
                        .setName(name)
                        .setKind(name.equals("sleep") ? StepKind.SLEEP : kind)
                        .setStatus(StepStatus.UNKNOWN)
                        .build());
        assertEquals(name, step.getName());
        assertEquals(false, ENDED.contains(step.getStatus()), () -> "it has ended before: " + step);
        return step;
    }
}
