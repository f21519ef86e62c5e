package io.millrace.worker;

import org.jspecify.annotations.Nullable;

/**
 * The workflow was cancelled. Thrown to the workflow's code in place of its next step, or of what it waits for; {@code finally}
 * blocks run, and steps inside {@link WorkflowContext#shielded shielded} are run and recorded.
 *
 * <p>It is an {@link Error} on purpose: code that catches {@link Exception} around a step, to retry or to compensate for failures, must not
 * take a cancel for one and carry on. Whoever means it catches this class, and should throw it on after the clean-up: every further
 * step outside a shielded scope throws it again, but a workflow that then returns all the same ends {@code COMPLETED}.
 */
public final class WorkflowCancelledException extends Error {
    private static final long serialVersionUID = 1L;

    private final String issuer;
    private final @Nullable String reason;

    /** Who cancelled the workflow, and why. */
    public WorkflowCancelledException(String issuer, @Nullable String reason) {
        super("the workflow was cancelled by " + issuer + (reason == null ? "" : ": " + reason));
        this.issuer = issuer;
        this.reason = reason;
    }

    /** Who cancelled it. */
    public String issuer() {
        return issuer;
    }

    /** Why, in the issuer's words; null where none were given. */
    public @Nullable String reason() {
        return reason;
    }
}
