package io.millrace.engine.machine;

import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Released;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on who runs a workflow: assignment, loss of the owner, and what the owner reports. */
final class ExecutionMachine {
    private final int recoveryLimit;

    ExecutionMachine(int recoveryLimit) {
        this.recoveryLimit = recoveryLimit;
    }

    Decision onAssigned(StoredWorkflow workflow, Input.WorkerAssigned assigned) {
        if (!Statuses.isDispatchable(workflow)) {
            return Decision.NOTHING;
        }
        long epoch = workflow.getState().getEpoch() + 1;
        return Decision.of(Facts.of(new Granted(assigned.workerId(), epoch, assigned.number())));
    }

    Decision onOwnerLost(StoredWorkflow workflow, Input.OwnerLost lost) {
        if (!lost.workerId().equals(Statuses.ownerOf(workflow))) {
            return Decision.NOTHING;
        }
        if (lost.orderly()) {
            return Decision.of(Facts.of(new Released("worker " + lost.workerId() + " has left")));
        }
        int attempts = workflow.getState().getRecoveryAttempts() + 1;
        List<HistoryFact> facts = new ArrayList<>();
        facts.add(Facts.of(new WorkerLost(lost.workerId(), workflow.getState().getEpoch(), attempts)));
        if (attempts > recoveryLimit) {
            facts.add(Facts.of(new RecoveryExhausted(attempts)));
        }
        return new Decision(facts, List.of());
    }

    Decision onEvent(String workflowId, @Nullable StoredWorkflow workflow, Input.EventReceived received) {
        WorkerEvent event = received.event();
        EagerlyStarted eager = event.getFacts().get(0).getEagerlyStarted();
        if (workflow == null) {
            return eager == null
                    ? revoke(workflowId, event, "there is no workflow with this id")
                    : eagerlyStarted(workflowId, eager, received);
        }
        if (!Statuses.isOwnedBy(workflow, event.getWorkerId(), event.getEpoch())) {
            return revoke(workflowId, event, strangersReason(workflow, event));
        }
        return reported(workflowId, workflow, event, eager == null ? 0 : 1);
    }

    private static Decision eagerlyStarted(String workflowId, EagerlyStarted eager, Input.EventReceived received) {
        WorkerEvent event = received.event();
        String objection = CommandRules.objectionTo(workflowId, eager);
        if (objection != null || event.getEpoch() != 1) {
            return revoke(workflowId, event, objection != null ? objection : "an eager start has epoch 1");
        }
        List<HistoryFact> facts = new ArrayList<>();
        facts.add(Facts.of(new WorkflowStarted(
                eager.getCommandId(), eager.getIssuer(), null, eager.getStart(), received.queueOrder())));
        facts.add(Facts.of(new Granted(event.getWorkerId(), 1L, 0L)));
        // What else is in the same record is judged against the state that these two facts make.
        StoredWorkflow started = new FactApplier(workflowId).applyAll(null, facts, received.atMs());
        Decision rest = reported(workflowId, started, event, 1);
        facts.addAll(rest.facts());
        return new Decision(facts, rest.messages());
    }

    /** All that the owner reports is taken, but for what is on record already: a record that was sent twice changes nothing. */
    private static Decision reported(String workflowId, StoredWorkflow workflow, WorkerEvent event, int from) {
        List<HistoryFact> facts = new ArrayList<>();
        StepProgress progress = new StepProgress(workflow);
        List<WorkerFact> reported = event.getFacts();
        for (WorkerFact fact : reported.subList(from, reported.size())) {
            String objection = StepMachine.objectionTo(fact, progress);
            if (objection != null) {
                // Its record has a gap or is not of this execution: what is missing can only be run again.
                return sentBack(workflowId, event, objection);
            }
            if (StepMachine.take(fact, progress)) {
                facts.add(Facts.of(fact));
            }
            if (StepMachine.endsExecution(fact)) {
                break;
            }
        }
        return new Decision(facts, List.of());
    }

    private static Decision sentBack(String workflowId, WorkerEvent event, String reason) {
        return new Decision(
                List.of(Facts.of(new Released(reason))),
                List.of(new Message.Revoke(event.getWorkerId(), workflowId, event.getEpoch(), reason)));
    }

    private static Decision revoke(String workflowId, WorkerEvent event, String reason) {
        return Decision.tell(new Message.Revoke(event.getWorkerId(), workflowId, event.getEpoch(), reason));
    }

    private static String strangersReason(StoredWorkflow workflow, WorkerEvent event) {
        String owner = Statuses.ownerOf(workflow);
        String now = owner == null
                ? "nobody owns it, its status is " + workflow.getState().getStatus()
                : "epoch " + workflow.getState().getEpoch() + " belongs to worker " + owner;
        return "epoch " + event.getEpoch() + " of worker " + event.getWorkerId() + " has ended: " + now;
    }
}
