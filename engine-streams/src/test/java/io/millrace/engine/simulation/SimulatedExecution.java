package io.millrace.engine.simulation;

/** An execution of a workflow, as its worker knows it. */
record SimulatedExecution(String workflowId, SimulatedWorker worker, SimulatedConnection connection, long epoch) {
    String workerId() {
        return connection.workerId();
    }

    /** Whether its worker has been told that it is another's, or has it anew. */
    boolean isDropped() {
        return connection.epochOf(workflowId) != epoch;
    }

    String name() {
        return workflowId + "@" + epoch + " of " + workerId();
    }
}
