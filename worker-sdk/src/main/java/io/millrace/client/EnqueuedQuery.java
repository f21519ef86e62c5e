package io.millrace.client;

import io.millrace.schemas.Limits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to show of a queue, and which page of it. Immutable: each method returns a changed copy. */
public final class EnqueuedQuery {
    private static final EnqueuedQuery ALL = new EnqueuedQuery(null, WorkflowFilter.DEFAULT_LIMIT, null);

    private final @Nullable String partitionKey;
    private final int limit;
    private final @Nullable EnqueuedCursor cursor;

    private EnqueuedQuery(@Nullable String partitionKey, int limit, @Nullable EnqueuedCursor cursor) {
        this.partitionKey = partitionKey;
        this.limit = limit;
        this.cursor = cursor;
    }

    /** All that waits, the first page. */
    public static EnqueuedQuery all() {
        return ALL;
    }

    /** Only what has this partition key; positions are counted among those. */
    public EnqueuedQuery partitionKey(String partitionKey) {
        StartOptions.checkName("partitionKey", partitionKey, Limits.MAX_ID_CHARS);
        return new EnqueuedQuery(partitionKey, limit, cursor);
    }

    /**
     * How many workflows the page has at most.
     *
     * @param limit 1 to {@link WorkflowFilter#MAX_LIMIT}; {@link WorkflowFilter#DEFAULT_LIMIT} unless set
     * @throws IllegalArgumentException if it is not
     */
    public EnqueuedQuery limit(int limit) {
        if (limit < 1 || limit > WorkflowFilter.MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + WorkflowFilter.MAX_LIMIT + ", not " + limit);
        }
        return new EnqueuedQuery(partitionKey, limit, cursor);
    }

    /**
     * The page that follows the one this cursor came with, of the same queue and the same partition key. Workflows go meanwhile, so positions
     * are those of the time when the first page was asked for.
     *
     * @param cursor an {@link EnqueuedPage#nextCursor()}
     * @throws IllegalArgumentException if it is none
     */
    public EnqueuedQuery after(String cursor) {
        return new EnqueuedQuery(partitionKey, limit, EnqueuedCursor.parse(cursor));
    }

    @Nullable
    String partitionKey() {
        return partitionKey;
    }

    int limit() {
        return limit;
    }

    Optional<EnqueuedCursor> cursor() {
        return Optional.ofNullable(cursor);
    }
}
