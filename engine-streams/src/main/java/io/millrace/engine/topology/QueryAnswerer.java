package io.millrace.engine.topology;

import io.millrace.engine.machine.RecordSizes;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Answer;
import io.millrace.schemas.ConditionMatch;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowsAnswer;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Answers queries from the stores of one partition. An answer is as large as a record may be, or says where to go on. */
final class QueryAnswerer {
    /** Most items of one answer. */
    static final int MAX_ITEMS = 500;

    /** Most workflows that one query looks at: the partition's other work waits meanwhile. */
    private static final int MAX_LOOKED_AT = 2_000;

    private final PartitionStores stores;
    private final Ledger ledger;
    private final int partition;
    private final WorkflowAnswers one;
    private final QueueAnswers queues;

    QueryAnswerer(PartitionStores stores, Ledger ledger, PartitionQueues queues, int partition) {
        this.stores = stores;
        this.ledger = ledger;
        this.partition = partition;
        this.one = new WorkflowAnswers(stores, ledger);
        this.queues = new QueueAnswers(stores, ledger, queues);
    }

    /** To be called now and then: what was kept for further queries, and nobody has asked for since, is let go of. */
    void letGoOfUnasked() {
        one.letGoOfUnasked();
    }

    Answer answer(Query query, long nowMs) {
        Answer answer = new Answer();
        answer.setQueryId(query.getQueryId());
        answer.setPartition(partition);
        try {
            if (query.getGetWorkflow() != null) {
                answer.setWorkflow(one.workflow(query.getGetWorkflow()));
            } else if (query.getGetSteps() != null) {
                answer.setSteps(one.steps(query.getGetSteps()));
            } else if (query.getGetHistory() != null) {
                answer.setHistory(one.history(query.getGetHistory()));
            } else if (query.getGetValue() != null) {
                answer.setValue(one.value(query.getGetValue()));
            } else if (query.getListForks() != null) {
                answer.setForks(one.forks(query.getListForks()));
            } else if (query.getListQueue() != null) {
                answer.setQueueList(queues.list(query.getListQueue()));
            } else if (query.getGetQueues() != null) {
                answer.setQueues(queues.statistics(query.getGetQueues(), nowMs));
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

    private WorkflowsAnswer workflows(ListWorkflows query) {
        int limit = Math.max(1, Math.min(MAX_ITEMS, query.getLimit()));
        byte[] cursor = WorkflowAnswers.bytesOf(query.getCursor());
        long before = query.getCreatedBeforeMs() == null ? Long.MAX_VALUE : Math.max(1, query.getCreatedBeforeMs());
        Page page = new Page(query, limit);
        byte[] next = stores.listing().visit(before, cursor, page::visit);
        return new WorkflowsAnswer(page.found, next == null || page.done ? null : ByteBuffer.wrap(next));
    }

    /** A list is to be looked over; outputs, which may be large, are read one by one. */
    static WorkflowState withoutOutput(WorkflowState state) {
        return state.getOutput() == null
                ? state
                : WorkflowState.newBuilder(state).setOutput(null).build();
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
            if (workflow != null && ConditionMatch.matches(query, workflow.getState())) {
                WorkflowState state = withoutOutput(ledger.published(workflow));
                found.add(state);
                bytes += RecordSizes.of(state);
            }
            return found.size() < limit && lookedAt < MAX_LOOKED_AT && bytes < Limits.GRANT_PART_BYTES;
        }

        private boolean isTooOld(WorkflowState state) {
            return query.getCreatedAfterMs() != null && state.getCreatedAtMs() <= query.getCreatedAfterMs();
        }
    }
}
