package io.millrace.client;

import java.util.List;
import java.util.Optional;

/**
 * Some of what waits on a queue, in the order in which it will run.
 *
 * @param workflows the workflows of this page
 * @param nextCursor what to give to {@link EnqueuedQuery#after} for the next page; empty on the last one
 */
public record EnqueuedPage(List<EnqueuedDescription> workflows, Optional<String> nextCursor) {
    /** Copies the list. */
    public EnqueuedPage {
        workflows = List.copyOf(workflows);
    }
}
