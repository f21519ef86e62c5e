package io.millrace.engine.topology;

import io.millrace.engine.dispatch.Dispatcher;
import io.millrace.engine.machine.Input;
import io.millrace.engine.machine.WorkflowMachine;
import io.millrace.engine.store.Indexes;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.RetentionStore;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.store.Leftover;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges the closed workflows of a partition when their retention is over. A workflow is gone for everyone in one transaction; if its history is
 * long, what is left of it is deleted in further ones, and that something is left is itself a row, so that it goes on after a crash.
 */
final class Purge {
    /**
     * Most rows that are deleted in one tick. A tick is every 10 ms, so this is up to 50,000 rows a second for each partition, more than
     * a partition writes; and inputs wait a few milliseconds for it.
     */
    static final int MAX_ROWS_PER_TICK = 500;

    /** How many rows a workflow has beside its history: its state, its place in the order, and those of what is deleted from topics. */
    private static final int ROWS_OF_A_STATE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

    private final WorkflowMachine machine;
    private final PartitionStores stores;
    private final Indexes indexes;
    private final Outbound outbound;
    private final Leftovers leftovers;

    /** How far those have been looked through that had ended before this engine began to purge. */
    private @Nullable String lookedThrough;

    Purge(WorkflowMachine machine, PartitionStores stores, Dispatcher dispatcher, Outbound outbound) {
        this.machine = machine;
        this.stores = stores;
        this.indexes = new Indexes(stores, dispatcher);
        this.outbound = outbound;
        this.leftovers = new Leftovers(stores);
    }

    void tick(long now) {
        if (!stores.retention().isComplete()) {
            lookThrough();
        }
        int left = deleteLeftovers(MAX_ROWS_PER_TICK);
        RetentionStore.Ended due = left > 0 ? nextDue(now) : null;
        while (due != null) {
            left -= purge(due, now, left);
            due = left > 0 ? nextDue(now) : null;
        }
    }

    private RetentionStore.@Nullable Ended nextDue(long now) {
        return stores.retention().nextDue(now, machine.retention().ms());
    }

    /** A store that an earlier engine has written does not say what has ended in it. */
    private void lookThrough() {
        List<RetentionStore.Ended> ended = new ArrayList<>();
        lookedThrough = stores.workflows().visit(lookedThrough, MAX_ROWS_PER_TICK, workflow -> {
            RetentionStore.Ended found = RetentionStore.Ended.of(workflow);
            if (found != null) {
                ended.add(found);
            }
        });
        ended.forEach(stores.retention()::add);
        if (lookedThrough == null) {
            stores.retention().setComplete();
        }
    }

    private int deleteLeftovers(int most) {
        int left = most;
        String workflowId = stores.leftovers().any();
        while (workflowId != null && left > 0) {
            Leftover leftover = stores.leftovers().find(workflowId);
            left -= leftover == null ? 0 : leftovers.delete(workflowId, leftover, left);
            workflowId = stores.leftovers().any();
        }
        return left;
    }

    private int purge(RetentionStore.Ended due, long now, int most) {
        String workflowId = due.workflowId();
        StoredWorkflow workflow = stores.workflows().find(workflowId);
        List<HistoryFact> facts = machine.decide(workflowId, workflow, new Input.RetentionOver(now))
                .facts();
        if (workflow == null || facts.isEmpty()) {
            LOG.error(
                    "workflow {} is to be purged and must not be: the index does not fit the state, and is mended",
                    due);
            stores.retention().remove(due);
            return 1;
        }
        outbound.history(workflowId, new HistoryEntry(workflow.getHistoryNumber() + 1, now, facts));
        outbound.purged(workflowId, now);
        stores.workflows().delete(workflowId);
        indexes.remove(workflow);
        outbound.observer().workflowPurged(workflow.getState().getWorkflowType());
        Leftover history = new Leftover(1L, workflow.getHistoryNumber());
        return ROWS_OF_A_STATE + leftovers.delete(workflowId, history, Math.max(1, most - ROWS_OF_A_STATE));
    }
}
