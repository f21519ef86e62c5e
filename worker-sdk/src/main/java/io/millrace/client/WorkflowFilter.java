package io.millrace.client;

import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.WorkflowConditions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which workflows to list, and which page of them. All conditions that are set must hold. Immutable: each method returns a
 * changed copy.
 *
 * <pre>{@code
 * WorkflowFilter.all().type("checkout").status(RUNNING, ENQUEUED).attribute("customer", "17").limit(20)
 * }</pre>
 */
public final class WorkflowFilter extends Conditions<WorkflowFilter> {
    /** How many workflows a page has unless another limit is set. */
    public static final int DEFAULT_LIMIT = 50;

    /** The largest page: each partition is asked for so many at once, and all of them are held in memory to be merged. */
    public static final int MAX_LIMIT = 500;

    private static final WorkflowFilter ALL = new WorkflowFilter(noConditions(), new Page(DEFAULT_LIMIT, null, false));

    private final Page page;

    /** Which page of the list, in which order. */
    private record Page(int limit, @Nullable ListCursor cursor, boolean oldestFirst) {}

    private WorkflowFilter(WorkflowConditions conditions, Page page) {
        super(conditions);
        this.page = page;
    }

    /** All workflows, the first page. */
    public static WorkflowFilter all() {
        return ALL;
    }

    /** Only those created after this time, by the engine's clock. */
    public WorkflowFilter createdAfter(Instant time) {
        return with(changed -> changed.setCreatedAfterMs(time.toEpochMilli()));
    }

    /** Only those created before this time, by the engine's clock. */
    public WorkflowFilter createdBefore(Instant time) {
        return with(changed -> changed.setCreatedBeforeMs(time.toEpochMilli()));
    }

    /**
     * How many workflows the page has at most.
     *
     * @param limit 1 to {@link #MAX_LIMIT}
     * @throws IllegalArgumentException if it is not
     */
    public WorkflowFilter limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
        }
        return new WorkflowFilter(conditions(), new Page(limit, page.cursor, page.oldestFirst));
    }

    /** In the opposite order: the oldest first, and those that are created meanwhile come last. */
    public WorkflowFilter oldestFirst() {
        return new WorkflowFilter(conditions(), new Page(page.limit, page.cursor, true));
    }

    /**
     * The page that follows the one this cursor came with. The order and the conditions must be the same. It is the place of a workflow in the
     * order, and nothing is kept for it: it stays good while workflows come and change, and however long the page is looked at. Newest first,
     * workflows that were created meanwhile are not in it.
     *
     * @param cursor a {@link WorkflowPage#nextCursor()}
     * @throws IllegalArgumentException if it is none
     */
    public WorkflowFilter after(String cursor) {
        return new WorkflowFilter(conditions(), new Page(page.limit, ListCursor.parse(cursor), page.oldestFirst));
    }

    int limit() {
        return page.limit;
    }

    boolean isOldestFirst() {
        return page.oldestFirst;
    }

    /** The query for this page, and for one workflow more, which tells whether another page follows. */
    ListWorkflows toQuery() {
        ListWorkflows query = new ListWorkflows();
        query.setConditions(conditions());
        query.setAfter(page.cursor == null ? null : page.cursor.position());
        query.setOldestFirst(page.oldestFirst);
        query.setLimit(page.limit + 1);
        return query;
    }

    @Override
    WorkflowFilter with(WorkflowConditions changed) {
        return new WorkflowFilter(changed, page);
    }
}
