package io.millrace.worker.internal.execution;

/** What names one execution: the workflow, and which of its executions this is. */
record ExecutionName(String workflowId, long epoch) {
    @Override
    public String toString() {
        return workflowId + "@" + epoch;
    }
}
