package io.millrace.engine.topology;

import io.millrace.engine.machine.Journal;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Answer;
import io.millrace.schemas.GetSteps;
import io.millrace.schemas.GetWorkflow;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepsAnswer;
import io.millrace.schemas.WorkflowAnswer;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowsAnswer;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answers queries from the stores of one partition. An answer is as large as a record may be, or says where to go on. */
final class QueryAnswerer {
    /** Most items of one answer. */
    private static final int MAX_ITEMS = 500;

    /** Most workflows that one query looks at: the partition's other work waits meanwhile. */
    private static final int MAX_LOOKED_AT = 2_000;

    private final PartitionStores stores;
    private final Ledger ledger;
    private final int partition;

    QueryAnswerer(PartitionStores stores, Ledger ledger, int partition) {
        this.stores = stores;
        this.ledger = ledger;
        this.partition = partition;
    }

    Answer answer(Query query) {
        Answer answer = new Answer();
        answer.setQueryId(query.getQueryId());
        answer.setPartition(partition);
        try {
            if (query.getGetWorkflow() != null) {
                answer.setWorkflow(workflow(query.getGetWorkflow()));
            } else if (query.getGetSteps() != null) {
                answer.setSteps(steps(query.getGetSteps()));
            } else if (query.getListWorkflows() != null) {
                answer.setWorkflows(workflows(query.getListWorkflows()));
            } else {
                answer.setError("the query asks for nothing that this engine knows; is it older than the client?");
            }
        } catch (IllegalArgumentException e) {
            answer.setError(e.getMessage());
        }
        return answer;
    }

    private WorkflowAnswer workflow(GetWorkflow query) {
        WorkflowAnswer answer = new WorkflowAnswer();
        StoredWorkflow workflow = stores.workflows().find(query.getWorkflowId());
        HistoryEntry first = workflow == null ? null : stores.history().first(query.getWorkflowId());
        if (workflow != null && first != null) {
            Journal journal = new Journal();
            journal.add(first);
            answer.setWorkflow(ledger.published(workflow));
            answer.setInput(journal.input());
        }
        return answer;
    }

    private StepsAnswer steps(GetSteps query) {
        StepsAnswer answer = new StepsAnswer(false, new ArrayList<>(), null);
        if (stores.workflows().find(query.getWorkflowId()) == null) {
            return answer;
        }
        answer.setFound(true);
        Journal journal = new Journal();
        stores.history().read(query.getWorkflowId(), journal::add);
        int limit = Math.max(1, Math.min(MAX_ITEMS, query.getLimit()));
        int bytes = 0;
        for (RecordedStep step : journal.steps()) {
            if (step.getSeq() < query.getFromSeq()) {
                continue;
            }
            bytes += Grants.size(step);
            boolean full = !answer.getSteps().isEmpty()
                    && (answer.getSteps().size() == limit || bytes > Limits.GRANT_PART_BYTES);
            if (full) {
                answer.setNextSeq(step.getSeq());
                break;
            }
            answer.getSteps().add(step);
        }
        return answer;
    }

    private WorkflowsAnswer workflows(ListWorkflows query) {
        int limit = Math.max(1, Math.min(MAX_ITEMS, query.getLimit()));
        ByteBuffer given = query.getCursor();
        byte[] cursor = null;
        if (given != null) {
            cursor = new byte[given.remaining()];
            given.duplicate().get(cursor);
        }
        long before = query.getCreatedBeforeMs() == null ? Long.MAX_VALUE : Math.max(1, query.getCreatedBeforeMs());
        Page page = new Page(query, limit);
        byte[] next = stores.listing().visit(before, cursor, page::visit);
        return new WorkflowsAnswer(page.found, next == null || page.done ? null : ByteBuffer.wrap(next));
    }

    /** The workflows of one answer, as they are found. */
    private final class Page {
        private final ListWorkflows query;
        private final int limit;
        private final List<WorkflowState> found = new ArrayList<>();
        private int lookedAt;
        private int bytes;
        private boolean done;

        private Page(ListWorkflows query, int limit) {
            this.query = query;
            this.limit = limit;
        }

        /** Looks at one workflow and says whether to go on. */
        private boolean visit(String workflowId) {
            StoredWorkflow workflow = stores.workflows().find(workflowId);
            lookedAt++;
            if (workflow != null && isTooOld(workflow.getState())) {
                done = true;
                return false;
            }
            if (workflow != null && matches(workflow.getState())) {
                WorkflowState state = withoutOutput(ledger.published(workflow));
                found.add(state);
                bytes += Grants.size(state);
            }
            return found.size() < limit && lookedAt < MAX_LOOKED_AT && bytes < Limits.GRANT_PART_BYTES;
        }

        private boolean isTooOld(WorkflowState state) {
            return query.getCreatedAfterMs() != null && state.getCreatedAtMs() <= query.getCreatedAfterMs();
        }

        private boolean matches(WorkflowState state) {
            return (query.getStatuses().isEmpty() || query.getStatuses().contains(state.getStatus()))
                    && (query.getWorkflowType() == null
                            || query.getWorkflowType().equals(state.getWorkflowType()))
                    && (query.getQueue() == null || query.getQueue().equals(state.getQueue()))
                    && (query.getIdPrefix() == null || state.getWorkflowId().startsWith(query.getIdPrefix()))
                    && (query.getApplicationVersion() == null
                            || query.getApplicationVersion().equals(state.getApplicationVersion()))
                    && state.getAttributes()
                            .entrySet()
                            .containsAll(query.getAttributes().entrySet());
        }

        /** A list is to be looked over; outputs, which may be large, are read one by one. */
        private WorkflowState withoutOutput(WorkflowState state) {
            return state.getOutput() == null
                    ? state
                    : WorkflowState.newBuilder(state).setOutput(null).build();
        }
    }
}
