package io.millrace.engine.machine;

import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides. It reads the state and changes nothing; {@link FactApplier} changes the state by the facts.
 *
 * <pre>
 *             start                    worker assigned
 *   (none) ------------> ENQUEUED ------------------------> RUNNING --- returned ---> COMPLETED
 *      |                  ^  |                               |  ^  |---- threw ------> FAILED
 *      | start, delayed   |  |                               |  |  |---- deadline ---> TIMED_OUT
 *      '------> DELAYED --'  '-- deadline (resumed) --.      |  |  '---- lost too often -> RETRIES_EXHAUSTED
 *                    delay over                               |  |
 *                                     parked, released, lost  |  |  worker assigned (again)
 *                                                             '--'
 * </pre>
 */
public final class WorkflowMachine {
    private final CommandMachine commands = new CommandMachine();
    private final ExecutionMachine executions;

    /** A machine that lets a workflow lose its worker so many times before it gives up, at least once. */
    public WorkflowMachine(int recoveryLimit) {
        if (recoveryLimit < 1) {
            throw new IllegalArgumentException("the recovery limit must be at least 1, not " + recoveryLimit);
        }
        this.executions = new ExecutionMachine(recoveryLimit);
    }

    /**
     * What follows from an input.
     *
     * @param workflowId the id, also where there is no such workflow
     * @param workflow the state, or null where there is no such workflow; it is not changed
     */
    public Decision decide(String workflowId, @Nullable StoredWorkflow workflow, Input input) {
        if (input instanceof Input.CommandReceived received) {
            return commands.decide(workflowId, workflow, received);
        }
        if (input instanceof Input.EventReceived received) {
            return executions.onEvent(workflowId, workflow, received);
        }
        if (workflow == null) {
            // A timer or a lease of a workflow that is not there any more.
            return Decision.NOTHING;
        }
        if (input instanceof Input.WorkerAssigned assigned) {
            return executions.onAssigned(workflow, assigned);
        }
        if (input instanceof Input.OwnerLost lost) {
            return executions.onOwnerLost(workflow, lost);
        }
        if (input instanceof Input.WakeTimeReached reached) {
            return WaitMachine.onWakeTime(workflow, reached);
        }
        return WaitMachine.onDeadline(workflow, (Input.DeadlineReached) input);
    }
}
