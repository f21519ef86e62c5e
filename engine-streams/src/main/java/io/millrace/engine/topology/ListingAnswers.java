package io.millrace.engine.topology;

import io.millrace.engine.listing.WorkflowTable;
import io.millrace.engine.machine.RecordSizes;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.ConditionMatch;
import io.millrace.schemas.CountAnswer;
import io.millrace.schemas.CountWorkflows;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListOrder;
import io.millrace.schemas.ListPosition;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowsAnswer;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers questions about all workflows of a partition. An answer is as large as a record may be, and says where to go on. */
final class ListingAnswers {
    private final PartitionStores stores;
    private final Ledger ledger;

    ListingAnswers(PartitionStores stores, Ledger ledger) {
        this.stores = stores;
        this.ledger = ledger;
    }

    WorkflowsAnswer list(ListWorkflows query) {
        Page page = new Page(query);
        stores.listing().visit(query.getConditions(), query.getAfter(), query.getOldestFirst(), page::visit);
        return new WorkflowsAnswer(page.found, page.next);
    }

    CountAnswer count(CountWorkflows query) {
        WorkflowTable.Counts counts = stores.listing().count(query.getConditions());
        Map<String, Long> byStatus = new HashMap<>();
        counts.byStatus().forEach((status, number) -> byStatus.put(status.name(), number));
        return new CountAnswer(counts.total(), byStatus, largest(counts.byType()), largest(counts.byOwner()));
    }

    /** The entries of the largest numbers, as many as are half of what an answer holds. */
    static Map<String, Long> largest(Map<String, Long> counts) {
        Map<String, Long> largest = new HashMap<>();
        List<Map.Entry<String, Long>> entries = new ArrayList<>(counts.entrySet());
        entries.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        int bytes = 0;
        for (Map.Entry<String, Long> entry : entries) {
            bytes += RecordSizes.of(entry.getKey()) + Long.BYTES;
            if (bytes > Limits.GRANT_PART_BYTES) {
                break;
            }
            largest.put(entry.getKey(), entry.getValue());
        }
        return largest;
    }

    /** The workflows of one answer, as they are found. */
    private final class Page {
        private final WorkflowConditions conditions;
        private final int limit;
        private final List<WorkflowState> found = new ArrayList<>();
        private int bytes;
        private @Nullable ListPosition next;

        private Page(ListWorkflows query) {
            this.conditions = query.getConditions();
            this.limit = Math.max(1, Math.min(QueryAnswerer.MAX_ITEMS, query.getLimit()));
        }

        /** Takes one more and says whether to go on. */
        private boolean visit(String workflowId) {
            if (found.size() == limit || bytes >= Limits.GRANT_PART_BYTES) {
                next = ListOrder.positionOf(found.get(found.size() - 1));
                return false;
            }
            StoredWorkflow workflow =
                    Objects.requireNonNull(stores.workflows().find(workflowId), "what is listed is stored");
            // Of attributes, parent and source, the listing knows but hashes.
            if (ConditionMatch.matches(conditions, workflow.getState())) {
                WorkflowState state = QueryAnswerer.withoutOutput(ledger.published(workflow));
                found.add(state);
                bytes += RecordSizes.of(state);
            }
            return true;
        }
    }
}
