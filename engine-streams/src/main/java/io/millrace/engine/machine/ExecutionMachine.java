package io.millrace.engine.machine;

import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Granted;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.Limits;
import io.millrace.schemas.RecoveryExhausted;
import io.millrace.schemas.Released;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkerLost;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.schemas.WorkflowStarted;
import io.millrace.schemas.WorkflowState;
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
        return Decision.of(
                Facts.of(new Granted(assigned.workerId(), epoch, assigned.number(), assigned.creditPartition())));
    }

    Decision onOwnerLost(StoredWorkflow workflow, Input.OwnerLost lost) {
        if (!lost.workerId().equals(Statuses.ownerOf(workflow))) {
            return Decision.NOTHING;
        }
        if (lost.orderly()) {
            return Decision.of(Facts.of(new Released("worker " + lost.workerId() + " has left")));
        }
        return new Decision(lostBy(workflow, lost.workerId(), null), List.of());
    }

    /** Counts, so that neither a step that kills its process nor a worker that reports nonsense is tried for ever. */
    private List<HistoryFact> lostBy(StoredWorkflow workflow, String workerId, @Nullable String reason) {
        int attempts = workflow.getState().getRecoveryAttempts() + 1;
        HistoryFact lost = Facts.of(new WorkerLost(workerId, workflow.getState().getEpoch(), attempts, reason));
        return attempts <= recoveryLimit ? List.of(lost) : List.of(lost, Facts.of(new RecoveryExhausted(attempts)));
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
        return reported(workflow, event, eager == null ? 0 : 1);
    }

    private Decision eagerlyStarted(String workflowId, EagerlyStarted eager, Input.EventReceived received) {
        WorkerEvent event = received.event();
        String objection = CommandRules.objectionTo(workflowId, eager);
        if (objection != null || event.getEpoch() != 1) {
            return revoke(workflowId, event, objection != null ? objection : "an eager start has epoch 1");
        }
        WorkflowStarted start = new WorkflowStarted();
        start.setCommandId(eager.getCommandId());
        start.setIssuer(eager.getIssuer());
        start.setStart(StartTraces.bounded(eager.getStart()));
        start.setQueueOrder(received.queueOrder());
        if (received.startsPastLimits()) {
            return startedPastLimits(workflowId, event, start);
        }
        List<HistoryFact> facts = new ArrayList<>();
        facts.add(Facts.of(start));
        facts.add(Facts.of(new Granted(event.getWorkerId(), 1L, 0L, null)));
        // What else is in the same record is judged against the state that these two facts make.
        StoredWorkflow started = new FactApplier(workflowId).applyAll(null, facts, received.atMs());
        Decision rest = reported(started, event, 1);
        facts.addAll(rest.facts());
        return new Decision(facts, rest.messages());
    }

    /**
     * It is started, and waits its turn. The worker may have run some of it before it hears of that, and may even be the one that is granted
     * it: its epoch is used up, so that what it has reported meanwhile is nobody's.
     */
    private static Decision startedPastLimits(String workflowId, WorkerEvent event, WorkflowStarted start) {
        start.setEpoch(event.getEpoch());
        String reason = "queue \"" + start.getStart().getQueue() + "\" has limits: the workflow waits in it";
        return new Decision(
                List.of(Facts.of(start)),
                List.of(Message.revoke(event.getWorkerId(), workflowId, event.getEpoch(), reason)));
    }

    /** All that the owner reports is taken, but for what is on record already: a record that was sent twice changes nothing. */
    private Decision reported(StoredWorkflow workflow, WorkerEvent event, int from) {
        ReportedFacts taken = new ReportedFacts(workflow);
        List<WorkerFact> reported = event.getFacts();
        for (WorkerFact fact : reported.subList(from, reported.size())) {
            String objection = taken.objectionTo(fact);
            if (objection != null) {
                // Its record has a gap or is not of this execution: what is missing can only be run again.
                return sentBack(workflow, event, objection);
            }
            taken.take(fact);
            if (StepMachine.endsExecution(fact)) {
                break;
            }
        }
        long bytes = workflow.getHistoryBytes()
                + taken.facts().stream().mapToLong(FactSizes::of).sum();
        return bytes <= Limits.MAX_HISTORY_BYTES
                ? new Decision(taken.facts(), taken.messages())
                : grownTooLarge(workflow, event, bytes);
    }

    /** It fails with what is on record up to here: no worker could be granted more. */
    private static Decision grownTooLarge(StoredWorkflow workflow, WorkerEvent event, long bytes) {
        WorkflowState state = workflow.getState();
        String message =
                "its recorded steps and values would have " + bytes + " bytes after step " + state.getStepCount()
                        + "; the limit is " + Limits.MAX_HISTORY_BYTES + ": let steps return references to large data";
        Failure failure = new Failure("io.millrace.HistoryTooLarge", message, null);
        return new Decision(
                List.of(Facts.of(new WorkflowFailed(failure, state.getStepCount(), null, null))),
                List.of(Message.revoke(event.getWorkerId(), state.getWorkflowId(), event.getEpoch(), message)));
    }

    private Decision sentBack(StoredWorkflow workflow, WorkerEvent event, String reason) {
        String workflowId = workflow.getState().getWorkflowId();
        return new Decision(
                lostBy(workflow, event.getWorkerId(), reason),
                List.of(Message.revoke(event.getWorkerId(), workflowId, event.getEpoch(), reason)));
    }

    private static Decision revoke(String workflowId, WorkerEvent event, String reason) {
        return Decision.tell(Message.revoke(event.getWorkerId(), workflowId, event.getEpoch(), reason));
    }

    private static String strangersReason(StoredWorkflow workflow, WorkerEvent event) {
        String owner = Statuses.ownerOf(workflow);
        String now = owner == null
                ? "nobody owns it, its status is " + workflow.getState().getStatus()
                : "epoch " + workflow.getState().getEpoch() + " belongs to worker " + owner;
        return "epoch " + event.getEpoch() + " of worker " + event.getWorkerId() + " has ended: " + now;
    }
}
