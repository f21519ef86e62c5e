package io.millrace.client;

import io.millrace.schemas.ListWorkflows;
import java.time.Instant;
import java.util.Optional;
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

    private static final WorkflowFilter ALL = new WorkflowFilter(noConditions(), DEFAULT_LIMIT, null);

    private final int limit;
    private final @Nullable ListCursor cursor;

    private WorkflowFilter(ListWorkflows conditions, int limit, @Nullable ListCursor cursor) {
        super(conditions);
        this.limit = limit;
        this.cursor = cursor;
    }

    /** All workflows, the first page. */
    public static WorkflowFilter all() {
        return ALL;
    }

    /** Only those created after this time, by the engine's clock. */
    public WorkflowFilter createdAfter(Instant time) {
        return with(query -> query.setCreatedAfterMs(time.toEpochMilli()));
    }

    /** Only those created before this time, by the engine's clock. */
    public WorkflowFilter createdBefore(Instant time) {
        return with(query -> query.setCreatedBeforeMs(time.toEpochMilli()));
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
        return new WorkflowFilter(toQuery(), limit, cursor);
    }

    /**
     * The page that follows the one this cursor came with. The other conditions must be the same; workflows that were
     * created meanwhile are not in it.
     *
     * @param cursor a {@link WorkflowPage#nextCursor()}
     * @throws IllegalArgumentException if it is none
     */
    public WorkflowFilter after(String cursor) {
        return new WorkflowFilter(toQuery(), limit, ListCursor.parse(cursor));
    }

    int limit() {
        return limit;
    }

    Optional<ListCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    @Override
    WorkflowFilter with(ListWorkflows changed) {
        return new WorkflowFilter(changed, limit, cursor);
    }
}
