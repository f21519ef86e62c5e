package io.millrace.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The workflows that a bulk command is for, each of them once. */
interface BulkSelection {
    /**
     * Their ids, in order.
     *
     * @param limit how many there may be
     * @return fails with {@link LimitExceededException} if there are more
     */
    CompletableFuture<List<String>> ids(int limit);

    /** These, whether there are such workflows or not. */
    static BulkSelection of(Collection<String> workflowIds) {
        List<String> once = List.copyOf(new LinkedHashSet<>(workflowIds));
        return limit -> Futures.attempt(() -> {
            check(once.size(), limit);
            return CompletableFuture.completedFuture(once);
        });
    }

    /** Those that a filter lets through when it is asked, in its order. */
    static BulkSelection of(WorkflowFilter filter, Function<WorkflowFilter, CompletableFuture<WorkflowPage>> list) {
        WorkflowFilter largePages = filter.limit(WorkflowFilter.MAX_LIMIT);
        return limit -> read(largePages, list, new LinkedHashSet<>(), limit);
    }

    private static CompletableFuture<List<String>> read(
            WorkflowFilter filter,
            Function<WorkflowFilter, CompletableFuture<WorkflowPage>> list,
            LinkedHashSet<String> found,
            int limit) {
        return list.apply(filter).thenCompose(page -> {
            page.workflows().forEach(workflow -> found.add(workflow.workflowId()));
            check(found.size(), limit);
            return page.nextCursor()
                    .map(cursor -> read(filter.after(cursor), list, found, limit))
                    .orElseGet(() -> CompletableFuture.completedFuture(new ArrayList<>(found)));
        });
    }

    private static void check(int found, int limit) {
        LimitExceededException.check("the bulk command, as far as counted,", found, limit, "workflows");
    }
}
