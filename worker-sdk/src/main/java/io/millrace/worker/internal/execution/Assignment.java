package io.millrace.worker.internal.execution;

import io.millrace.schemas.Grant;
import io.millrace.schemas.Payload;
import io.millrace.schemas.Start;
import io.millrace.schemas.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * What an execution is to run, without its record.
 *
 * @param applicationVersion the version that the workflow is pinned to, if it is
 * @param run how often the workflow was resumed or rewound
 * @param recoveries how often it has lost its worker since
 */
record Assignment(
        String workflowType,
        String queue,
        @Nullable String applicationVersion,
        int run,
        int recoveries,
        @Nullable Payload input,
        Traces traces) {
    /**
     * Where the execution is seen.
     *
     * @param start where in a trace the workflow was started
     * @param linked a trace that it follows from
     */
    record Traces(@Nullable TraceContext start, @Nullable TraceContext linked) {}

    static Assignment of(Grant grant) {
        return new Assignment(
                grant.getWorkflowType(),
                grant.getQueue(),
                grant.getApplicationVersion(),
                grant.getRun(),
                grant.getRecoveryAttempts(),
                grant.getInput(),
                new Traces(grant.getTrace(), grant.getLinkedTrace()));
    }

    static Assignment of(Start eager) {
        return new Assignment(
                eager.getWorkflowType(),
                eager.getQueue(),
                eager.getApplicationVersion(),
                0,
                0,
                eager.getInput(),
                new Traces(eager.getTrace(), eager.getLinkedTrace()));
    }
}
