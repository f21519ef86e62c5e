package io.millrace.schemas;

import java.util.Comparator;

/**
 * The order of lists of workflows, which the engine and all clients must share: each partition gives its part in it, and clients merge
 * the parts by it.
 */
public final class ListOrder {
    /** Newest first, and within a millisecond by id, as UTF-8 bytes compare. */
    public static final Comparator<WorkflowState> NEWEST_FIRST = Comparator.comparingLong(WorkflowState::getCreatedAtMs)
            .reversed()
            .thenComparing(WorkflowState::getWorkflowId, ListOrder::compareIds);

    private ListOrder() {}

    /** The order of lists, or its reverse. */
    public static Comparator<WorkflowState> of(boolean oldestFirst) {
        return oldestFirst ? NEWEST_FIRST.reversed() : NEWEST_FIRST;
    }

    /** The place of a workflow in the order. */
    public static ListPosition positionOf(WorkflowState workflow) {
        return new ListPosition(workflow.getCreatedAtMs(), workflow.getWorkflowId());
    }

    /** Compares ids as their UTF-8 bytes compare, which is by code point: not as {@link String#compareTo} does. */
    public static int compareIds(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        for (int i = 0; i < shorter; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Integer.compare(rank(a), rank(b));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** Halves of characters beyond 16 bits have smaller numbers than some characters that come before them. */
    private static int rank(char half) {
        return Character.isSurrogate(half) ? half + Character.MAX_VALUE : half;
    }
}
