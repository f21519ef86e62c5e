package io.millrace.client;

import io.millrace.schemas.WorkflowStatus;
import java.util.Optional;

/**
 * The engine's answer to a command that it has accepted.
 *
 * @param commandId the command's own id
 * @param workflowId the workflow that was commanded
 * @param status the workflow's status after the command
 * @param note what else there is to say, for example that the workflow was cancelled already and nothing has changed
 */
public record CommandResult(String commandId, String workflowId, WorkflowStatus status, Optional<String> note) {}
