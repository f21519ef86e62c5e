package io.millrace.standalone.acceptance;

import io.millrace.client.WorkflowHandle;
import java.util.HashMap;
import java.util.Map;

/** A gate for each workflow: the test says who may leave. */
public final class Doors {
    private final Map<String, Gate> gates = new HashMap<>();
    private boolean allOpen;

    /** Waits until this workflow's door is open. */
    public void pass(String workflowId) throws InterruptedException {
        of(workflowId).pass();
    }

    public void open(WorkflowHandle<?> workflow) {
        of(workflow.workflowId()).open();
    }

    /** Also those of workflows that come later. */
    public synchronized void openAll() {
        allOpen = true;
        gates.values().forEach(Gate::open);
    }

    private synchronized Gate of(String workflowId) {
        Gate gate = gates.computeIfAbsent(workflowId, unused -> new Gate());
        if (allOpen) {
            gate.open();
        }
        return gate;
    }
}
