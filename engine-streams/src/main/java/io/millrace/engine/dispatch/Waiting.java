package io.millrace.engine.dispatch;

/**
 * One workflow's place in its lane.
 *
 * @param priority the lowest goes first
 * @param order of equal priority the lowest goes first
 */
public record Waiting(int priority, long order, String workflowId) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
        int byPriority = Integer.compare(priority, other.priority);
        int byOrder = byPriority != 0 ? byPriority : Long.compare(order, other.order);
        return byOrder != 0 ? byOrder : workflowId.compareTo(other.workflowId);
    }
}
