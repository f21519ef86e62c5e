package io.millrace.client;

import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.WorkflowStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which workflows to list, and which page of them. All conditions that are set must hold. Immutable: each method returns a
 * changed copy.
 *
 * <pre>{@code
 * WorkflowFilter.all().type("checkout").status(RUNNING, ENQUEUED).attribute("customer", "17").limit(20)
 * }</pre>
 */
public final class WorkflowFilter {
    /** How many workflows a page has unless another limit is set. */
    public static final int DEFAULT_LIMIT = 50;

    /** The largest page: each partition is asked for so many at once, and all of them are held in memory to be merged. */
    public static final int MAX_LIMIT = 500;

    private static final WorkflowFilter ALL = new WorkflowFilter(conditions(), DEFAULT_LIMIT, null);

    /** The conditions as they are sent; never changed after construction. */
    private final ListWorkflows conditions;

    private final int limit;
    private final @Nullable ListCursor cursor;

    private WorkflowFilter(ListWorkflows conditions, int limit, @Nullable ListCursor cursor) {
        this.conditions = conditions;
        this.limit = limit;
        this.cursor = cursor;
    }

    private static ListWorkflows conditions() {
        return new ListWorkflows(
                List.of(), null, null, null, null, null, null, Map.of(), null, null, null, DEFAULT_LIMIT);
    }

    /** All workflows, the first page. */
    public static WorkflowFilter all() {
        return ALL;
    }

    /** Only those in one of these statuses. */
    public WorkflowFilter status(WorkflowStatus... statuses) {
        return with(query -> query.setStatuses(List.of(statuses)));
    }

    /** Only those of this workflow type. */
    public WorkflowFilter type(String workflowType) {
        return with(query -> query.setWorkflowType(workflowType));
    }

    /** Only those of this queue. */
    public WorkflowFilter queue(String queue) {
        return with(query -> query.setQueue(queue));
    }

    /** Only those whose id begins so. */
    public WorkflowFilter idPrefix(String prefix) {
        return with(query -> query.setIdPrefix(prefix));
    }

    /** Only those pinned to this application version. */
    public WorkflowFilter applicationVersion(String version) {
        return with(query -> query.setApplicationVersion(version));
    }

    /** Only those created after this time, by the engine's clock. */
    public WorkflowFilter createdAfter(Instant time) {
        return with(query -> query.setCreatedAfterMs(time.toEpochMilli()));
    }

    /** Only those created before this time, by the engine's clock. */
    public WorkflowFilter createdBefore(Instant time) {
        return with(query -> query.setCreatedBeforeMs(time.toEpochMilli()));
    }

    /** Only those with this attribute; several calls ask for several attributes. */
    public WorkflowFilter attribute(String key, String value) {
        Map<String, String> attributes = new HashMap<>(conditions.getAttributes());
        attributes.put(key, value);
        return with(query -> query.setAttributes(attributes));
    }

    /** Only the children of this workflow. */
    public WorkflowFilter parent(String workflowId) {
        return with(query -> query.setParentWorkflowId(workflowId));
    }

    /** Only the forks of this workflow. */
    public WorkflowFilter forkedFrom(String workflowId) {
        return with(query -> query.setForkedFrom(workflowId));
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
        return new WorkflowFilter(conditions, limit, cursor);
    }

    /**
     * The page that follows the one this cursor came with. The other conditions must be the same; workflows that were
     * created meanwhile are not in it.
     *
     * @param cursor a {@link WorkflowPage#nextCursor()}
     * @throws IllegalArgumentException if it is none
     */
    public WorkflowFilter after(String cursor) {
        return new WorkflowFilter(conditions, limit, ListCursor.parse(cursor));
    }

    int limit() {
        return limit;
    }

    Optional<ListCursor> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** A query of the conditions, to be completed by the caller. */
    ListWorkflows toQuery() {
        return new ListWorkflows(
                conditions.getStatuses(),
                conditions.getWorkflowType(),
                conditions.getQueue(),
                conditions.getIdPrefix(),
                conditions.getApplicationVersion(),
                conditions.getCreatedAfterMs(),
                conditions.getCreatedBeforeMs(),
                conditions.getAttributes(),
                conditions.getParentWorkflowId(),
                conditions.getForkedFrom(),
                conditions.getCursor(),
                conditions.getLimit());
    }

    private WorkflowFilter with(Consumer<ListWorkflows> change) {
        ListWorkflows changed = toQuery();
        change.accept(changed);
        return new WorkflowFilter(changed, limit, cursor);
    }
}
