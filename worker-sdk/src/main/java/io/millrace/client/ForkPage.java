package io.millrace.client;

import java.util.List;
import java.util.Optional;

/**
 * Some forks of a workflow, the oldest first.
 *
 * @param forks the forks of this page
 * @param nextCursor what to give for the next page; empty on the last one
 */
public record ForkPage(List<ForkDescription> forks, Optional<String> nextCursor) {
    /** Copies the list. */
    public ForkPage {
        forks = List.copyOf(forks);
    }
}
