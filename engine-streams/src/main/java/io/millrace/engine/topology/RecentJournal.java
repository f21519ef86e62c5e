package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.store.HistoryStore;
import io.millrace.schemas.store.StoredWorkflow;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow did that was asked about last. Who reads steps page by page, or waits for a value, asks about the same one again and
 * again, and to read a history of 100,000 entries takes the partition 0.2 s each time; so each entry is read once and only what has come
 * since is added. Of one workflow alone, and not for long: it may take as much memory as a grant.
 */
final class RecentJournal {
    private final HistoryStore history;
    private @Nullable Read last;
    private boolean asked;

    /** A journal, and the number of the last entry in it. */
    private record Read(String workflowId, Journal journal, long upTo) {}

    RecentJournal(HistoryStore history) {
        this.history = history;
    }

    /** The journal of this workflow, which must not be kept nor changed. */
    Journal of(StoredWorkflow workflow) {
        String workflowId = workflow.getState().getWorkflowId();
        Read before = last;
        // Should reading fail in the middle, what was read so far is not to be gone on with.
        last = null;
        Read known = before != null && before.workflowId.equals(workflowId)
                ? before
                : new Read(workflowId, new Journal(), 0);
        if (known.upTo < workflow.getHistoryNumber()) {
            history.readFrom(workflowId, known.upTo + 1, (entry, bytes) -> {
                known.journal.add(entry);
                return true;
            });
        }
        last = new Read(workflowId, known.journal, workflow.getHistoryNumber());
        asked = true;
        return known.journal;
    }

    /** To be called now and then: what nobody has asked for since the last time is let go of. */
    void letGoOfUnasked() {
        if (!asked) {
            last = null;
        }
        asked = false;
    }
}
