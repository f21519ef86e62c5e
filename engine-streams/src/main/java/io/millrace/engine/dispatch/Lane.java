package io.millrace.engine.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Workflows that the same workers can run, and whose turn comes together, wait in one lane, in order; so a workflow that nobody can
 * run holds up none but its like.
 *
 * @param applicationVersion the version it is pinned to, or null where any will do
 * @param partitionKey whose work it is, where the queue has partition keys
 */
public record Lane(
        String queue,
        String workflowType,
        @Nullable String applicationVersion,
        @Nullable String partitionKey,
        Rank rank) {
    /** Whose turn comes first, whatever their priority. */
    public enum Rank {
        /** Resumed while it waited: it goes past the limits of its queue. */
        EXPEDITED,
        /** It has begun, and waits for a worker again: it woke up, or lost the one that it had. */
        BEGUN,
        /** It has not begun. */
        NEW;

        private static final Rank[] ALL = values();

        /** The rank of an ordinal. */
        public static Rank of(int ordinal) {
            return ALL[ordinal];
        }
    }

    /** A lane of new workflows of a queue without partition keys. */
    public Lane(String queue, String workflowType, @Nullable String applicationVersion) {
        this(queue, workflowType, applicationVersion, null, Rank.NEW);
    }
}
