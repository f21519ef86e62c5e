package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import io.millrace.schemas.store.StoredWorkflow;

/** Questions about a workflow's place in its queue that the machines and the indexes ask. */
public final class Queueing {
    private Queueing() {}

    /** Its priority: that of a workflow that was given none is in the middle, and not none. */
    public static int priorityOf(StoredWorkflow workflow) {
        Integer given = workflow.getState().getPriority();
        return given == null ? Limits.DEFAULT_PRIORITY : given;
    }
}
