package io.millrace.client;

import java.util.List;
import java.util.OptionalLong;

/**
 * A part of a workflow's history, in order.
 *
 * @param events the facts of this page
 * @param nextNumber where the next page begins; empty on the last one
 */
public record HistoryPage(List<HistoryEvent> events, OptionalLong nextNumber) {
    /** Copies the list. */
    public HistoryPage {
        events = List.copyOf(events);
    }
}
