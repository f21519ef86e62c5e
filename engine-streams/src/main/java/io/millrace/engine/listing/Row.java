package io.millrace.engine.listing;

import io.millrace.engine.machine.Statuses;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lists and counts ask of one workflow.
 *
 * @param createdAtMs never changes, and nor do the id and the origin
 * @param owner the worker that it is granted to right now
 */
public record Row(
        long createdAtMs,
        String workflowId,
        WorkflowStatus status,
        String workflowType,
        String queue,
        @Nullable String version,
        @Nullable String owner,
        Origin origin) {

    /** What a workflow was given when it was started. */
    public record Origin(
            Map<String, String> attributes,
            @Nullable String parentWorkflowId,
            @Nullable String forkedFrom) {}

    /** Reads it off a state. */
    public static Row of(StoredWorkflow workflow) {
        WorkflowState state = workflow.getState();
        return new Row(
                state.getCreatedAtMs(),
                state.getWorkflowId(),
                state.getStatus(),
                state.getWorkflowType(),
                state.getQueue(),
                state.getApplicationVersion(),
                Statuses.ownerOf(workflow),
                new Origin(state.getAttributes(), state.getParentWorkflowId(), state.getForkedFrom()));
    }
}
