package io.millrace.engine.topology;

import io.millrace.engine.machine.AnsweredCommands;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.ForkAnswered;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.store.Leftover;

/**
 * Deletes the history of workflows that are not there any more, entry by entry, with the rows that follow from it: what commands were answered, and
 * the forks. Each is found by its key and none by a scan, which would pass over the tombstones of all that was deleted before.
 */
final class Leftovers {
    private final PartitionStores stores;

    Leftovers(PartitionStores stores) {
        this.stores = stores;
    }

    /**
     * Deletes entries, and keeps what is left if that is more.
     *
     * @param most how many rows to delete; those that belong to one entry are deleted together
     * @return how many were deleted
     */
    int delete(String workflowId, Leftover leftover, int most) {
        long number = leftover.getNextNumber();
        int deleted = 0;
        while (number <= leftover.getLastNumber() && deleted < most) {
            deleted += deleteEntry(workflowId, number);
            number++;
        }
        if (number <= leftover.getLastNumber()) {
            stores.leftovers().put(workflowId, new Leftover(number, leftover.getLastNumber()));
        } else if (stores.leftovers().find(workflowId) != null) {
            stores.leftovers().delete(workflowId);
        }
        return deleted;
    }

    /** Deletes all that is left of a workflow: its id is used again. */
    void deleteAll(String workflowId) {
        Leftover leftover = stores.leftovers().find(workflowId);
        if (leftover != null) {
            delete(workflowId, leftover, Integer.MAX_VALUE);
        }
    }

    private int deleteEntry(String workflowId, long number) {
        HistoryEntry entry = stores.history().find(workflowId, number);
        int deleted = 1;
        if (entry != null) {
            for (HistoryFact fact : entry.getFacts()) {
                deleted += deleteWhatFollows(workflowId, fact, entry.getAtMs());
            }
        }
        stores.history().delete(workflowId, number);
        return deleted;
    }

    private int deleteWhatFollows(String workflowId, HistoryFact fact, long atMs) {
        int deleted = 0;
        String commandId = AnsweredCommands.idOf(fact);
        if (commandId != null) {
            stores.answers().deleteToCommand(workflowId, commandId);
            deleted++;
        }
        String key = fact.getMessageReceived() == null
                ? null
                : fact.getMessageReceived().getIdempotencyKey();
        if (key != null) {
            stores.answers().deleteToMessage(workflowId, key);
            deleted++;
        }
        ForkAnswered fork = fact.getForkAnswered();
        if (fork != null && fork.getAccepted()) {
            stores.forks().delete(workflowId, atMs, fork.getForkWorkflowId());
            deleted++;
        }
        return deleted;
    }
}
