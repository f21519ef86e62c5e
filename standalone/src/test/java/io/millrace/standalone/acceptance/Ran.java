package io.millrace.standalone.acceptance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What steps were really run, in the order in which they began. */
public final class Ran {
    private record Entry(String workflowId, String what) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    public void add(String workflowId, String what) {
        entries.add(new Entry(workflowId, what));
    }

    /** The names of what one workflow ran. */
    public List<String> of(String workflowId) {
        return entries.stream()
                .filter(entry -> entry.workflowId().equals(workflowId))
                .map(Entry::what)
                .toList();
    }

    /** The workflows that ran anything, in the order in which they began. */
    public List<String> workflows() {
        return entries.stream().map(Entry::workflowId).distinct().toList();
    }
}
