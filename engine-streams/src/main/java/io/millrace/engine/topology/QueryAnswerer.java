package io.millrace.engine.topology;

import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;

/** Answers queries from the stores of one partition. An answer is as large as a record may be, or says where to go on. */
final class QueryAnswerer {
    /** Most items of one answer: one more than the largest page of a client, which tells it whether another page follows. */
    static final int MAX_ITEMS = 501;

    private final int partition;
    private final WorkflowAnswers one;
    private final QueueAnswers queues;
    private final ListingAnswers workflows;

    QueryAnswerer(PartitionStores stores, Ledger ledger, PartitionQueues queues, int partition) {
        this.partition = partition;
        this.one = new WorkflowAnswers(stores, ledger);
        this.queues = new QueueAnswers(stores, ledger, queues);
        this.workflows = new ListingAnswers(stores, ledger);
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
                answer.setWorkflows(workflows.list(query.getListWorkflows()));
            } else if (query.getCountWorkflows() != null) {
                answer.setCount(workflows.count(query.getCountWorkflows()));
            } else {
                answer.setError("the query asks for nothing that this engine knows; is it older than the client?");
            }
        } catch (IllegalArgumentException e) {
            answer.setError(e.getMessage());
        }
        return answer;
    }

    /** A list is to be looked over; outputs, which may be large, are read one by one. */
    static WorkflowState withoutOutput(WorkflowState state) {
        return state.getOutput() == null
                ? state
                : WorkflowState.newBuilder(state).setOutput(null).build();
    }
}
