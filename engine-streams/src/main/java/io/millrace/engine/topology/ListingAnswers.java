package io.millrace.engine.topology;

import io.millrace.engine.machine.RecordSizes;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.store.PartitionStores;
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
import java.util.Objects;
import java.util.function.Predicate;
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
        Page page = new Page(Math.max(1, Math.min(QueryAnswerer.MAX_ITEMS, query.getLimit())));
        if (query.getOldestFirst()) {
            List<StoredWorkflow> newestFirst = new ArrayList<>();
            visit(query.getConditions(), null, newestFirst::add);
            newestFirst.removeIf(workflow -> !isNewer(workflow.getState(), query.getAfter()));
            for (int i = newestFirst.size() - 1; i >= 0 && page.add(newestFirst.get(i)); i--) {}
        } else {
            visit(query.getConditions(), query.getAfter(), page::add);
        }
        return new WorkflowsAnswer(page.found, page.next);
    }

    CountAnswer count(CountWorkflows query) {
        CountAnswer answer = new CountAnswer(0L, new HashMap<>(), new HashMap<>(), new HashMap<>());
        visit(query.getConditions(), null, workflow -> {
            answer.setTotal(answer.getTotal() + 1);
            answer.getByStatus().merge(workflow.getState().getStatus().name(), 1L, Long::sum);
            answer.getByType().merge(workflow.getState().getWorkflowType(), 1L, Long::sum);
            String owner = Statuses.ownerOf(workflow);
            if (owner != null) {
                answer.getByOwner().merge(owner, 1L, Long::sum);
            }
            return true;
        });
        return answer;
    }

    private void visit(WorkflowConditions conditions, @Nullable ListPosition after, Predicate<StoredWorkflow> visitor) {
        stores.listing().visit(after, id -> {
            StoredWorkflow workflow = Objects.requireNonNull(stores.workflows().find(id), id);
            return !matches(conditions, workflow.getState()) || visitor.test(workflow);
        });
    }

    private static boolean isNewer(WorkflowState workflow, @Nullable ListPosition place) {
        return place == null
                || workflow.getCreatedAtMs() > place.getCreatedAtMs()
                || (workflow.getCreatedAtMs() == place.getCreatedAtMs()
                        && ListOrder.compareIds(workflow.getWorkflowId(), place.getWorkflowId()) < 0);
    }

    private static boolean matches(WorkflowConditions conditions, WorkflowState state) {
        return (conditions.getStatuses().isEmpty() || conditions.getStatuses().contains(state.getStatus()))
                && isOr(conditions.getWorkflowType(), state.getWorkflowType())
                && isOr(conditions.getQueue(), state.getQueue())
                && (conditions.getIdPrefix() == null || state.getWorkflowId().startsWith(conditions.getIdPrefix()))
                && isOr(conditions.getApplicationVersion(), state.getApplicationVersion())
                && (conditions.getCreatedAfterMs() == null || state.getCreatedAtMs() > conditions.getCreatedAfterMs())
                && (conditions.getCreatedBeforeMs() == null || state.getCreatedAtMs() < conditions.getCreatedBeforeMs())
                && isOr(conditions.getParentWorkflowId(), state.getParentWorkflowId())
                && isOr(conditions.getForkedFrom(), state.getForkedFrom())
                && state.getAttributes()
                        .entrySet()
                        .containsAll(conditions.getAttributes().entrySet());
    }

    private static boolean isOr(@Nullable String wanted, @Nullable String is) {
        return wanted == null || wanted.equals(is);
    }

    /** The workflows of one answer, as they are found. */
    private final class Page {
        private final int limit;
        private final List<WorkflowState> found = new ArrayList<>();
        private int bytes;
        private @Nullable ListPosition next;

        private Page(int limit) {
            this.limit = limit;
        }

        /** Takes one more and says whether it can take another. */
        private boolean add(StoredWorkflow workflow) {
            if (found.size() == limit || bytes >= Limits.GRANT_PART_BYTES) {
                next = ListOrder.positionOf(found.get(found.size() - 1));
                return false;
            }
            WorkflowState state = QueryAnswerer.withoutOutput(ledger.published(workflow));
            found.add(state);
            bytes += RecordSizes.of(state);
            return true;
        }
    }
}
