package io.millrace.engine.machine;

import io.millrace.schemas.CancelSurfaced;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StartPoint;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.StepPoint;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From which step on a workflow, or a copy of it, is to run again. */
final class StartPoints {
    private final Journal journal;
    private final StoredWorkflow workflow;
    private final WorkflowStatus status;

    StartPoints(Journal journal, StoredWorkflow workflow) {
        this.journal = journal;
        this.workflow = workflow;
        this.status = workflow.getState().getStatus();
    }

    /** A point that somebody named: the step, or why there is none. */
    record Found(int step, @Nullable String objection) {
        private static Found refused(String objection) {
            return new Found(0, objection);
        }
    }

    /**
     * What a workflow keeps that runs again.
     *
     * @param fromStep steps from this one on are dropped
     * @param dropped steps before it that are dropped too
     * @param valuesFromStep values drawn after so many steps, or more, are dropped
     */
    record Kept(int fromStep, Set<Integer> dropped, int valuesFromStep) {
        boolean drops(int seq) {
            return seq >= fromStep || dropped.contains(seq);
        }
    }

    Found find(StartPoint point) {
        long given = Stream.of(point.getStep(), point.getStepName(), point.getPoint())
                .filter(field -> field != null)
                .count();
        if (given != 1) {
            return Found.refused("give one of the start step, its name, LAST_FAILURE and LAST_STEP; "
                    + (given == 0 ? "there is none" : "there are " + given));
        }
        if (point.getStep() != null) {
            return numbered(point.getStep());
        }
        return point.getStepName() != null ? named(point.getStepName()) : described(point.getPoint());
    }

    private Found numbered(int step) {
        int most = highest();
        String told = most <= journal.lastStep() ? ", and at step " + most + " it was told of its cancel" : "";
        return step >= 1 && step <= most
                ? new Found(step, null)
                : Found.refused("start step " + step + " is out of range: " + journal.lastStep()
                        + " steps are on record" + told + ", so it can be 1 to " + most);
    }

    /** What the code did after it was told of a cancel is of no use to one that is not cancelled. */
    private int highest() {
        int behindLast = journal.lastStep() + 1;
        CancelSurfaced surfaced = journal.surfaced();
        return surfaced == null ? behindLast : Math.max(1, Math.min(behindLast, surfaced.getAfterStep()));
    }

    private Found named(String name) {
        List<RecordedStep> steps = journal.steps().stream()
                .filter(step -> step.getName().equals(name))
                .toList();
        if (steps.size() == 1) {
            return numbered(steps.get(0).getSeq());
        }
        String shown = "\"" + CommandRules.shown(name) + "\"";
        if (steps.isEmpty()) {
            return Found.refused(
                    "no step named " + shown + " is on record; there are " + journal.lastStep() + " steps");
        }
        String numbers = steps.stream()
                .limit(20)
                .map(step -> Integer.toString(step.getSeq()))
                .collect(Collectors.joining(", "));
        return Found.refused(steps.size() + " steps are named " + shown + "; give the number: " + numbers
                + (steps.size() > 20 ? ", ..." : ""));
    }

    private Found described(StepPoint point) {
        return switch (point) {
            case LAST_STEP -> new Found(Math.min(Math.max(1, journal.lastStep()), highest()), null);
            case LAST_FAILURE -> lastFailure();
            case UNKNOWN -> Found.refused("the point is none that this engine knows: LAST_FAILURE, LAST_STEP");
        };
    }

    private Found lastFailure() {
        Integer failedStep = failedStep();
        if (failedStep != null) {
            return numbered(failedStep);
        }
        int failed = journal.steps().stream()
                .filter(step -> step.getStatus() == StepStatus.FAILED || step.getStatus() == StepStatus.RETRYING)
                .mapToInt(RecordedStep::getSeq)
                .max()
                .orElse(0);
        if (failed > 0) {
            return new Found(Math.min(failed, highest()), null);
        }
        boolean wentWell = Statuses.isOpen(status) || status == WorkflowStatus.COMPLETED;
        return wentWell
                ? Found.refused("nothing has failed: the workflow is " + status + ", and no step on record failed")
                : new Found(firstNotEnded(), null);
    }

    /** The step whose failure ended the workflow, if it was one's that is on record. */
    private @Nullable Integer failedStep() {
        WorkflowFailed failure = journal.failure();
        Integer step = failure == null ? null : failure.getFailedStep();
        return step == null || journal.step(step).isEmpty() ? null : step;
    }

    /** One that came to nothing because the workflow stopped is as good as one that has not ended. */
    private int firstNotEnded() {
        Set<Integer> unusable = unusable();
        int seq = 1;
        while (seq < highest()
                && !unusable.contains(seq)
                && journal.step(seq).filter(StepRecords::hasEnded).isPresent()) {
            seq++;
        }
        return seq;
    }

    /** What stays when a workflow goes on from where it was: all that was completed. */
    Kept resumed() {
        Set<Integer> dropped = unusable();
        WorkflowFailed failure = journal.failure();
        CancelSurfaced surfaced = journal.surfaced();
        // Whatever came after it was told of a cancel is not to be gone on with, however it ended.
        if (surfaced == null && failure != null) {
            Integer failedStep = failedStep();
            Integer after = failedStep == null ? null : failure.getFailedAfterStep();
            int failed = failedStep == null ? lastFailed() : failedStep;
            if (failed > 0) {
                dropped.add(failed);
                return turnedAt(after == null ? failed : after, dropped);
            }
        }
        if (surfaced != null) {
            return turnedAt(surfaced.getAfterStep(), dropped);
        }
        return kept(journal.lastStep() + 1, journal.lastStep() + 1, dropped);
    }

    /**
     * The code went another way when it had called so many steps. Those do not depend on what it saw then; what it called and drew
     * afterwards may.
     */
    private static Kept turnedAt(int called, Set<Integer> dropped) {
        return kept(called + 1, Math.max(1, called), dropped);
    }

    /** What stays when a workflow runs again from a step. */
    Kept rewound(int fromStep) {
        return kept(fromStep, fromStep, unusable());
    }

    private static Kept kept(int from, int valuesFrom, Set<Integer> dropped) {
        dropped.removeIf(seq -> seq >= from);
        return new Kept(from, dropped, valuesFrom);
    }

    /** The last step on record, if that is what failed. */
    private int lastFailed() {
        return journal.step(journal.lastStep())
                .filter(step -> step.getStatus() == StepStatus.FAILED)
                .map(RecordedStep::getSeq)
                .orElse(0);
    }

    /** Steps that came to nothing because the workflow stopped. */
    private Set<Integer> unusable() {
        Set<Integer> seqs = new TreeSet<>();
        for (RecordedStep step : journal.steps()) {
            boolean stoppedChild = step.getKind() == StepKind.CHILD && journal.isStopped(step);
            if (step.getStatus() == StepStatus.CANCELLED || stoppedChild) {
                seqs.add(step.getSeq());
            }
        }
        seqs.addAll(stoppingChildren());
        return seqs;
    }

    /** Children that were told to stop when the workflow was closed, and have not said that they have: nobody is to wait for what they come to. */
    private Set<Integer> stoppingChildren() {
        return Statuses.isOpen(status)
                ? Set.of()
                : workflow.getWaitingSteps().stream()
                        .filter(step ->
                                step.getKind() == StepKind.CHILD && step.getClosePolicy() != ParentClosePolicy.ABANDON)
                        .map(WaitingStep::getSeq)
                        .collect(Collectors.toSet());
    }
}
