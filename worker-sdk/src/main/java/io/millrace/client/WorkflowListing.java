package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.ListOrder;
import io.millrace.schemas.ListPosition;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowsAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One page of all workflows, merged from what each partition has. Every partition must have answered: the page is complete
 * or an error.
 *
 * <p>Each partition is read from the cursor's place on until it has given enough for the whole page, and one more to know
 * whether another page follows. That is mostly one answer; a partition gives fewer where they would not fit one.
 */
final class WorkflowListing {
    private final EngineConnection connection;
    private final WorkflowFilter filter;
    private final Duration timeout;

    WorkflowListing(EngineConnection connection, WorkflowFilter filter, Duration timeout) {
        this.connection = connection;
        this.filter = filter;
        this.timeout = timeout;
    }

    CompletableFuture<WorkflowPage> page() {
        return Futures.ofAll(connection.partitions(), partition -> read(partition, filter.toQuery(), new ArrayList<>()))
                .thenApply(this::merge);
    }

    private WorkflowPage merge(List<List<WorkflowState>> partitions) {
        int limit = filter.limit();
        List<WorkflowState> first = partitions.stream()
                .flatMap(List::stream)
                .sorted(ListOrder.of(filter.isOldestFirst()))
                .limit(limit + 1L)
                .toList();
        boolean more = first.size() > limit;
        List<WorkflowState> page = more ? first.subList(0, limit) : first;
        return new WorkflowPage(
                page.stream().map(state -> new WorkflowDescription(state, null)).toList(),
                more ? Optional.of(ListCursor.of(page.get(limit - 1)).encode()) : Optional.empty());
    }

    private CompletableFuture<List<WorkflowState>> read(
            int partition, ListWorkflows question, List<WorkflowState> found) {
        Query query = Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setListWorkflows(question)
                .build();
        return connection.ask(partition, query, timeout).thenCompose(answer -> {
            WorkflowsAnswer part = workflowsOf(answer);
            found.addAll(part.getWorkflows());
            ListPosition next = part.getNext();
            return next == null || found.size() > filter.limit()
                    ? CompletableFuture.completedFuture(found)
                    : read(partition, from(next), found);
        });
    }

    private ListWorkflows from(ListPosition place) {
        ListWorkflows question = filter.toQuery();
        question.setAfter(place);
        return question;
    }

    private static WorkflowsAnswer workflowsOf(Answer answer) {
        if (answer.getWorkflows() == null) {
            throw new MillraceException("the engine could not list partition " + answer.getPartition() + ": "
                    + Optional.ofNullable(answer.getError()).orElse("the answer holds no list"));
        }
        return answer.getWorkflows();
    }
}
