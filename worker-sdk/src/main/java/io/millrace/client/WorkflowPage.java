package io.millrace.client;

import java.util.List;
import java.util.Optional;

/**
 * Some workflows of a list, in its order.
 *
 * @param workflows the workflows of this page, without their inputs and outputs, which are read one by one
 * @param nextCursor what to give to {@link WorkflowFilter#after} for the next page; empty on the last one
 */
public record WorkflowPage(List<WorkflowDescription> workflows, Optional<String> nextCursor) {
    /** Copies the list. */
    public WorkflowPage {
        workflows = List.copyOf(workflows);
    }
}
