package io.millrace.worker.internal.execution;

import io.millrace.schemas.Grant;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import org.jspecify.annotations.Nullable;

/**
 * What an execution is to run, without its record.
 *
 * @param applicationVersion the version that the workflow is pinned to, if it is
 * @param run how often the workflow was resumed or rewound
 */
record Assignment(
        String workflowType,
        String queue,
        @Nullable String applicationVersion,
        int run,
        @Nullable Payload input) {
    static Assignment of(Grant grant) {
        return new Assignment(
                grant.getWorkflowType(),
                grant.getQueue(),
                grant.getApplicationVersion(),
                grant.getRun(),
                grant.getInput());
    }

    static Assignment of(Start eager) {
        return new Assignment(
                eager.getWorkflowType(), eager.getQueue(), eager.getApplicationVersion(), 0, eager.getInput());
    }
}
