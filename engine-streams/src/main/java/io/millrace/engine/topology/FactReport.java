package io.millrace.engine.topology;

import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.observe.EngineObserver;
import io.millrace.engine.observe.GrantKind;
import io.millrace.engine.observe.StepOutcome;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.WaitingStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells an observer what the facts of one input come to. */
final class FactReport {
    /** Stands for a time that there is none of. */
    private static final long NEVER = -1;

    private final EngineObserver observer;

    FactReport(EngineObserver observer) {
        this.observer = observer;
    }

    /**
     * Tells of facts that were written.
     *
     * @param workflow as it is after them
     * @param waitedBefore what it waited for before them
     * @param waitedMs for how long the workflow had waited for a worker before them
     */
    void tell(StoredWorkflow workflow, List<HistoryFact> facts, List<WaitingStep> waitedBefore, long waitedMs) {
        WorkflowState state = workflow.getState();
        Set<Integer> sleeps = sleeps(facts, waitedBefore);
        for (HistoryFact fact : facts) {
            if (fact.getStepCompleted() == null) {
                tell(workflow, fact, waitedMs);
            } else if (!sleeps.contains(fact.getStepCompleted().getSeq())) {
                tellCompleted(state.getWorkflowType(), fact.getStepCompleted());
            }
        }
        if (WorkflowMachine.closes(facts)) {
            Long startedAtMs = state.getStartedAtMs();
            long ranMs = startedAtMs == null ? NEVER : Math.max(0, state.getUpdatedAtMs() - startedAtMs);
            observer.workflowClosed(state.getWorkflowType(), state.getStatus(), ranMs);
        }
    }

    private void tell(StoredWorkflow workflow, HistoryFact fact, long waitedMs) {
        String type = workflow.getState().getWorkflowType();
        if (fact.getStepAttemptFailed() != null) {
            var attempt = fact.getStepAttemptFailed();
            observer.stepEnded(
                    type, StepOutcome.RETRIED, Math.max(0, attempt.getCompletedAtMs() - attempt.getStartedAtMs()));
        } else if (fact.getStepCancelled() != null) {
            tellCancelled(type, fact.getStepCancelled());
        } else if (fact.getGranted() != null) {
            observer.granted(kindOf(workflow, fact.getGranted()), waitedMs);
        } else if (fact.getWorkflowStarted() != null) {
            observer.workflowStarted(type);
        } else if (fact.getWorkerLost() != null) {
            observer.leaseLost();
        } else if (fact.getReleased() != null) {
            observer.released();
        }
    }

    /** The steps that a worker slept through: their ends look like those of steps that run code. */
    private static Set<Integer> sleeps(List<HistoryFact> facts, List<WaitingStep> waitedBefore) {
        Set<Integer> sleeps = Set.of();
        for (WaitingStep step : waitedBefore) {
            if (step.getKind() == StepKind.SLEEP) {
                sleeps = with(sleeps, step.getSeq());
            }
        }
        for (HistoryFact fact : facts) {
            if (fact.getSleepStarted() != null) {
                sleeps = with(sleeps, fact.getSleepStarted().getSeq());
            }
        }
        return sleeps;
    }

    /** Made only where there is one: this is done for every input, and most have no sleep. */
    private static Set<Integer> with(Set<Integer> sleeps, int seq) {
        Set<Integer> more = sleeps.isEmpty() ? new HashSet<>() : sleeps;
        more.add(seq);
        return more;
    }

    private void tellCompleted(String type, StepCompleted step) {
        StepOutcome outcome = step.getFailure() == null ? StepOutcome.COMPLETED : StepOutcome.FAILED;
        observer.stepEnded(type, outcome, Math.max(0, step.getCompletedAtMs() - step.getStartedAtMs()));
    }

    /** What was waited for is a step too; here, as elsewhere, only those count that run code. */
    private void tellCancelled(String type, StepCancelled step) {
        if (step.getKind() == StepKind.STEP) {
            Long startedAtMs = step.getStartedAtMs();
            long tookMs = startedAtMs == null ? NEVER : Math.max(0, step.getCompletedAtMs() - startedAtMs);
            observer.stepEnded(type, StepOutcome.CANCELLED, tookMs);
        }
    }

    private static GrantKind kindOf(StoredWorkflow workflow, Granted granted) {
        if (granted.getNumber() == 0) {
            return GrantKind.EAGER;
        }
        WorkflowState state = workflow.getState();
        boolean first = state.getStartedAtMs() != null && state.getStartedAtMs() == state.getUpdatedAtMs();
        return first ? GrantKind.START : GrantKind.RESUMPTION;
    }
}
