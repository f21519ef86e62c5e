package io.millrace.engine.machine;

import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides. It reads the state and changes nothing; {@link FactApplier} changes the state by the facts.
 *
 * <pre>
 *             start                worker assigned
 *   (none) ------------> ENQUEUED --------------------> RUNNING ---- returned -------> COMPLETED
 *      |                  ^    ^                         |  ^  |---- threw ----------> FAILED
 *      | start, delayed   |    | resume, rewind          |  |  |---- deadline -------> TIMED_OUT
 *      '------> DELAYED --'    | (from any closed one)   |  |  |---- lost too often -> RETRIES_EXHAUSTED
 *                 delay over                             |  |  '---- terminate ------> TERMINATED (from any open one)
 *                                parked, released, lost, '--' worker assigned again
 *                                wait over
 *   cancel:  DELAYED, ENQUEUED ----------------------------------------------------> CANCELLED
 *            RUNNING, PAUSED -----> CANCELLING ---- code and children have stopped --> CANCELLED
 *                                              '--- code returned all the same ------> COMPLETED
 *   pause:   DELAYED, ENQUEUED, RUNNING <----> PAUSED
 *   set priority, move to queue: DELAYED, ENQUEUED, and PAUSED from these, stay what they are
 *   retention over: any closed one ----> (none)
 * </pre>
 */
public final class WorkflowMachine {
    private final ExecutionMachine executions;
    private final Retention retention;

    /** A machine that lets a workflow lose its worker so many times before it gives up, at least once, and that keeps what is closed. */
    public WorkflowMachine(int recoveryLimit) {
        this(recoveryLimit, Retention.FOREVER);
    }

    /**
     * As {@link #WorkflowMachine(int)}.
     *
     * @param retention for how long closed workflows are kept whose start does not say
     */
    public WorkflowMachine(int recoveryLimit, Retention retention) {
        if (recoveryLimit < 1) {
            throw new IllegalArgumentException("the recovery limit must be at least 1, not " + recoveryLimit);
        }
        this.executions = new ExecutionMachine(recoveryLimit);
        this.retention = retention;
    }

    /** For how long closed workflows are kept whose start does not say. */
    public Retention retention() {
        return retention;
    }

    /**
     * What follows from an input.
     *
     * @param workflowId the id, also where there is no such workflow
     * @param workflow the state, or null where there is no such workflow; it is not changed
     */
    public Decision decide(String workflowId, @Nullable StoredWorkflow workflow, Input input) {
        return switch (input.kind()) {
            case COMMAND_RECEIVED -> CommandMachine.decide(workflowId, workflow, (Input.CommandReceived) input);
            case TRANSFER_RECEIVED -> TransferMachine.decide(workflowId, workflow, (Input.TransferReceived) input);
            case EVENT_RECEIVED -> executions.onEvent(workflowId, workflow, (Input.EventReceived) input);
            // A timer or a lease may outlive its workflow.
            case WORKER_ASSIGNED ->
                workflow == null ? Decision.NOTHING : executions.onAssigned(workflow, (Input.WorkerAssigned) input);
            case OWNER_LOST ->
                workflow == null ? Decision.NOTHING : executions.onOwnerLost(workflow, (Input.OwnerLost) input);
            case WAKE_TIME_REACHED ->
                workflow == null ? Decision.NOTHING : WaitMachine.onWakeTime(workflow, (Input.WakeTimeReached) input);
            case DEADLINE_REACHED ->
                workflow == null ? Decision.NOTHING : WaitMachine.onDeadline(workflow, (Input.DeadlineReached) input);
            case RETENTION_OVER -> retention.onOver(workflow, (Input.RetentionOver) input);
        };
    }

    /** What follows from a workflow's having been closed by some facts, whichever they were. */
    public static List<Message> afterClosing(StoredWorkflow workflow) {
        return FamilyMachine.onClosed(workflow);
    }

    /** Whether one of the facts closes the workflow. */
    public static boolean closes(List<HistoryFact> facts) {
        for (HistoryFact fact : facts) {
            if (FactKind.of(fact).closes()) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing of the workflow is left after these facts. */
    public static boolean purges(List<HistoryFact> facts) {
        return facts.stream().anyMatch(fact -> FactKind.of(fact) == FactKind.PURGED);
    }
}
