package io.millrace.client;

import java.util.List;

/**
 * What became of many workflows that were commanded.
 *
 * @param items one for each workflow, in the order of the list or the filter, whatever the order in which they were answered
 */
public record BulkReport(List<BulkItem> items) {
    /** Copies the list. */
    public BulkReport {
        items = List.copyOf(items);
    }

    /** Those that the engine accepted. */
    public List<BulkItem> accepted() {
        return items.stream().filter(BulkItem::accepted).toList();
    }

    /** All others: refused, unknown or without an answer. */
    public List<BulkItem> rejected() {
        return items.stream().filter(item -> !item.accepted()).toList();
    }
}
