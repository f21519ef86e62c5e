package io.millrace.worker;

import io.millrace.schemas.WorkflowStatus;

/** A child ended otherwise than {@code COMPLETED}, or could not be started. */
public final class ChildWorkflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String workflowId;
    private final int seq;
    private final WorkflowStatus status;
    private final String failureType;
    private final String failureMessage;

    /**
     * The child's id, the step of its parent that started it, how it ended, and the class and message of its failure, empty where it has none.
     *
     * @param status UNKNOWN where it could not be started
     */
    public ChildWorkflowException(
            String workflowId, int seq, WorkflowStatus status, String failureType, String failureMessage) {
        super("child workflow " + workflowId + " (step " + seq + ") "
                + (status == WorkflowStatus.UNKNOWN ? "could not be started" : "ended " + status)
                + (failureMessage.isEmpty() ? "" : ": " + failureMessage));
        this.workflowId = workflowId;
        this.seq = seq;
        this.status = status;
        this.failureType = failureType;
        this.failureMessage = failureMessage;
    }

    /** The child's id. */
    public String workflowId() {
        return workflowId;
    }

    /** The step of the parent that started it, from 1. */
    public int seq() {
        return seq;
    }

    /** How it ended; UNKNOWN where it could not be started. */
    public WorkflowStatus status() {
        return status;
    }

    /** The class name of what failed it; empty where nothing did. */
    public String failureType() {
        return failureType;
    }

    /** The message of what failed it; empty where there is none. */
    public String failureMessage() {
        return failureMessage;
    }
}
