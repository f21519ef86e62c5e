package io.millrace.client;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.WorkflowStatus;
import java.util.Optional;

/**
 * What became of one workflow of many that were commanded.
 *
 * @param workflowId the workflow that was commanded
 * @param accepted whether the engine accepted the command
 * @param status the workflow's status after the command; {@code UNKNOWN} where there is no such workflow, or no answer came
 * @param note why it was not accepted, or what else there is to say
 * @param forkWorkflowId the copy, where it was forked
 */
public record BulkItem(
        String workflowId,
        boolean accepted,
        WorkflowStatus status,
        Optional<String> note,
        Optional<String> forkWorkflowId) {
    static BulkItem accepted(String workflowId, CommandReply reply) {
        return new BulkItem(
                workflowId,
                true,
                reply.getStatus(),
                Optional.ofNullable(reply.getReason()),
                Optional.ofNullable(reply.getForkWorkflowId()));
    }

    static BulkItem notAccepted(String workflowId, Throwable error) {
        WorkflowStatus status =
                error instanceof CommandRejectedException rejected ? rejected.status() : WorkflowStatus.UNKNOWN;
        String note = error instanceof CommandRejectedException rejected ? rejected.reason() : error.getMessage();
        return new BulkItem(
                workflowId, false, status, Optional.of(note == null ? error.toString() : note), Optional.empty());
    }
}
