package io.millrace.client;

import io.millrace.schemas.Answer;
import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowsAnswer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One page of all workflows, merged from what each partition has. Every partition must have answered: the page is complete
 * or an error.
 *
 * <p>Each partition is read from the cursor's time on until it has given enough for the whole page, and one more to know
 * whether another page follows. It is read on while its last workflows are of one millisecond, because within a millisecond
 * the engine's order need not be the cursor's.
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
        List<CompletableFuture<List<WorkflowState>>> partitions = IntStream.range(0, connection.partitions())
                .mapToObj(partition -> read(partition, null, new ArrayList<>()))
                .toList();
        return CompletableFuture.allOf(partitions.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        merge(partitions.stream().map(CompletableFuture::join).toList(), filter.limit()));
    }

    static WorkflowPage merge(List<List<WorkflowState>> partitions, int limit) {
        List<WorkflowState> first = partitions.stream()
                .flatMap(List::stream)
                .sorted(ListCursor.ORDER)
                .limit(limit + 1L)
                .toList();
        boolean more = first.size() > limit;
        List<WorkflowState> page = more ? first.subList(0, limit) : first;
        return new WorkflowPage(
                page.stream().map(state -> new WorkflowDescription(state, null)).toList(),
                more ? Optional.of(ListCursor.of(page.get(limit - 1)).encode()) : Optional.empty());
    }

    private CompletableFuture<List<WorkflowState>> read(
            int partition, @Nullable ByteBuffer from, List<WorkflowState> found) {
        Query query = Query.newBuilder()
                .setQueryId("")
                .setAnswerPartition(0)
                .setListWorkflows(question(from))
                .build();
        return connection.ask(partition, query, timeout).thenCompose(answer -> {
            WorkflowsAnswer part = workflowsOf(answer);
            part.getWorkflows().stream().filter(this::isOnThisPage).forEach(found::add);
            ByteBuffer next = part.getNextCursor();
            return next == null || isEnough(found)
                    ? CompletableFuture.completedFuture(found)
                    : read(partition, next, found);
        });
    }

    private ListWorkflows question(@Nullable ByteBuffer from) {
        ListWorkflows question = filter.toQuery();
        question.setLimit(filter.limit() + 1);
        question.setCursor(from);
        filter.cursor().ifPresent(cursor -> {
            // One millisecond more than the last workflow of the page before, because others may share its millisecond.
            long end = cursor.createdAtMs() + 1;
            Long given = question.getCreatedBeforeMs();
            question.setCreatedBeforeMs(given == null ? end : Math.min(given, end));
        });
        return question;
    }

    private boolean isOnThisPage(WorkflowState workflow) {
        return filter.cursor().map(cursor -> cursor.isBefore(workflow)).orElse(true);
    }

    private boolean isEnough(List<WorkflowState> newestFirst) {
        int limit = filter.limit();
        return newestFirst.size() > limit
                && newestFirst.get(newestFirst.size() - 1).getCreatedAtMs()
                        < newestFirst.get(limit - 1).getCreatedAtMs();
    }

    private static WorkflowsAnswer workflowsOf(Answer answer) {
        if (answer.getWorkflows() == null) {
            throw new MillraceException("the engine could not list partition " + answer.getPartition() + ": "
                    + Optional.ofNullable(answer.getError()).orElse("the answer holds no list"));
        }
        return answer.getWorkflows();
    }
}
