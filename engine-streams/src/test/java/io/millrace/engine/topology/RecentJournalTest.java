package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.testing.MemoryStore;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecentJournalTest {
    static {
        Samples.ready();
    }

    private final MemoryStore rows = new MemoryStore();
    private final PartitionStores stores = new PartitionStores(rows);
    private final RecentJournal journals = new RecentJournal(stores.history());

    @AfterEach
    void shouldCloseItsIterators() {
        assertEquals(0, rows.openIterators());
    }

    @Test
    void shouldReadOnlyWhatHasComeSince() {
        append("a", 1, 1);
        Journal first = journals.of(at("a", 1));
        append("a", 2, 2);
        // Would be shown if it were read once more.
        append("a", 1, 7);
        Journal again = journals.of(at("a", 2));
        assertSame(first, again);
        assertEquals(List.of(1, 2), seqs(again));
        assertEquals(List.of(1, 2), seqs(journals.of(at("a", 2))));
    }

    @Test
    void shouldNotMixWorkflows() {
        append("a", 1, 1);
        append("b", 1, 5);
        Journal first = journals.of(at("a", 1));
        assertEquals(List.of(5), seqs(journals.of(at("b", 1))));
        assertNotSame(first, journals.of(at("a", 1)));
        assertEquals(List.of(1), seqs(journals.of(at("a", 1))));
    }

    @Test
    void shouldLetGoOfWhatNobodyAsksFor() {
        append("a", 1, 1);
        Journal first = journals.of(at("a", 1));
        journals.letGoOfUnasked();
        assertSame(first, journals.of(at("a", 1)), "it was asked for since the time before");
        journals.letGoOfUnasked();
        journals.letGoOfUnasked();
        assertNotSame(first, journals.of(at("a", 1)));
    }

    private void append(String workflowId, long number, int seq) {
        HistoryFact fact = new HistoryFact();
        fact.setStepCompleted(stepCompleted(seq).getStepCompleted());
        HistoryEntry entry = new HistoryEntry(number, 1L, List.of(fact));
        stores.history().append(workflowId, number, stores.history().encode(entry));
    }

    private static StoredWorkflow at(String workflowId, long historyNumber) {
        WorkflowState state = new WorkflowState();
        state.setWorkflowId(workflowId);
        StoredWorkflow workflow = new StoredWorkflow();
        workflow.setState(state);
        workflow.setHistoryNumber(historyNumber);
        return workflow;
    }

    private static List<Integer> seqs(Journal journal) {
        return journal.steps().stream().map(RecordedStep::getSeq).toList();
    }
}
