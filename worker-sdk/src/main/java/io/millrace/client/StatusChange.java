package io.millrace.client;

/**
 * A workflow has changed.
 *
 * @param workflow the workflow after the change, without its input and output; it may have changed again meanwhile
 * @param position where to go on when this change has been dealt with: see {@link ChangeFilter#after}
 */
public record StatusChange(WorkflowDescription workflow, String position) {}
