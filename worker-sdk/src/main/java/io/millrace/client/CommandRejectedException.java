package io.millrace.client;

import io.millrace.schemas.CommandReply;
import io.millrace.schemas.WorkflowStatus;

/**
 * The engine refused a command, and nothing has changed. Trying the same again does not help while the workflow is as it is. A start that
 * is refused is a {@link StartRejectedException}, a command to a workflow that is not there a {@link WorkflowNotFoundException}.
 */
public final class CommandRejectedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final String command;
    private final String workflowId;
    private final String commandId;
    private final WorkflowStatus status;
    private final String reason;
    private final boolean invalid;

    /**
     * Which command was refused, and why.
     *
     * @param command its name, for example {@code cancel}
     * @param answer the engine's
     */
    public CommandRejectedException(String command, CommandReply answer) {
        this(
                command,
                answer.getWorkflowId(),
                answer.getCommandId(),
                answer.getStatus(),
                answer.getReason() == null ? "the engine gave no reason" : answer.getReason(),
                answer.getInvalid());
    }

    private CommandRejectedException(
            String command,
            String workflowId,
            String commandId,
            WorkflowStatus status,
            String reason,
            boolean invalid) {
        super(command + " of workflow \"" + workflowId + "\" was rejected: " + reason);
        this.command = command;
        this.workflowId = workflowId;
        this.commandId = commandId;
        this.status = status;
        this.reason = reason;
        this.invalid = invalid;
    }

    /** Whether the command is wrong in itself, a step out of range for example, and not just in this status. */
    public boolean invalid() {
        return invalid;
    }

    /** The name of the command, for example {@code cancel}. */
    public String command() {
        return command;
    }

    /** The workflow that was commanded. */
    public String workflowId() {
        return workflowId;
    }

    /** The command's own id, under which the refusal is in the workflow's history. */
    public String commandId() {
        return commandId;
    }

    /** The workflow's status, which the command did not fit. */
    public WorkflowStatus status() {
        return status;
    }

    /** Why, in words a person understands. */
    public String reason() {
        return reason;
    }
}
