package io.millrace.client;

import io.millrace.schemas.ListWorkflows;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final WorkflowFilter ALL = new WorkflowFilter(none(), new Page(DEFAULT_LIMIT, null, false));

    /** The conditions as they are sent; never changed after construction. */
    private final WorkflowConditions conditions;

    private final Page page;

    /** Which page of the list, in which order. */
    private record Page(int limit, @Nullable ListCursor cursor, boolean oldestFirst) {}

    private WorkflowFilter(WorkflowConditions conditions, Page page) {
        this.conditions = conditions;
        this.page = page;
    }

    private static WorkflowConditions none() {
        return new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of(), null, null);
    }

    /** All workflows, the first page. */
    public static WorkflowFilter all() {
        return ALL;
    }

    /** Only those in one of these statuses. */
    public WorkflowFilter status(WorkflowStatus... statuses) {
        return with(changed -> changed.setStatuses(List.of(statuses)));
    }

    /** Only those of this workflow type. */
    public WorkflowFilter type(String workflowType) {
        return with(changed -> changed.setWorkflowType(workflowType));
    }

    /** Only those of this queue. */
    public WorkflowFilter queue(String queue) {
        return with(changed -> changed.setQueue(queue));
    }

    /** Only those whose id begins so. */
    public WorkflowFilter idPrefix(String prefix) {
        return with(changed -> changed.setIdPrefix(prefix));
    }

    /** Only those pinned to this application version. */
    public WorkflowFilter applicationVersion(String version) {
        return with(changed -> changed.setApplicationVersion(version));
    }

    /** Only those created after this time, by the engine's clock. */
    public WorkflowFilter createdAfter(Instant time) {
        return with(changed -> changed.setCreatedAfterMs(time.toEpochMilli()));
    }

    /** Only those created before this time, by the engine's clock. */
    public WorkflowFilter createdBefore(Instant time) {
        return with(changed -> changed.setCreatedBeforeMs(time.toEpochMilli()));
    }

    /** Only those with this attribute; several calls ask for several attributes. */
    public WorkflowFilter attribute(String key, String value) {
        Map<String, String> attributes = new HashMap<>(conditions.getAttributes());
        attributes.put(key, value);
        return with(changed -> changed.setAttributes(attributes));
    }

    /** Only the children of this workflow. */
    public WorkflowFilter parent(String workflowId) {
        return with(changed -> changed.setParentWorkflowId(workflowId));
    }

    /** Only the forks of this workflow. */
    public WorkflowFilter forkedFrom(String workflowId) {
        return with(changed -> changed.setForkedFrom(workflowId));
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
        return new WorkflowFilter(conditions, new Page(limit, page.cursor, page.oldestFirst));
    }

    /** In the opposite order: the oldest first, and those that are created meanwhile come last. */
    public WorkflowFilter oldestFirst() {
        return new WorkflowFilter(conditions, new Page(page.limit, page.cursor, true));
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
        return new WorkflowFilter(conditions, new Page(page.limit, ListCursor.parse(cursor), page.oldestFirst));
    }

    int limit() {
        return page.limit;
    }

    boolean isOldestFirst() {
        return page.oldestFirst;
    }

    /** The conditions, which are not to be changed. */
    WorkflowConditions conditions() {
        return conditions;
    }

    /** The query for this page, and for one workflow more, which tells whether another page follows. */
    ListWorkflows toQuery() {
        ListWorkflows query = new ListWorkflows();
        query.setConditions(conditions);
        query.setAfter(page.cursor == null ? null : page.cursor.position());
        query.setOldestFirst(page.oldestFirst);
        query.setLimit(page.limit + 1);
        return query;
    }

    private WorkflowFilter with(Consumer<WorkflowConditions> change) {
        WorkflowConditions changed = new WorkflowConditions(
                conditions.getStatuses(),
                conditions.getWorkflowType(),
                conditions.getQueue(),
                conditions.getIdPrefix(),
                conditions.getApplicationVersion(),
                conditions.getCreatedAfterMs(),
                conditions.getCreatedBeforeMs(),
                conditions.getAttributes(),
                conditions.getParentWorkflowId(),
                conditions.getForkedFrom());
        change.accept(changed);
        return new WorkflowFilter(changed, page);
    }
}
