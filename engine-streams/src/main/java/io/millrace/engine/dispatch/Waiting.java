package io.millrace.engine.dispatch;

/**
 * One workflow's place in its lane.
 *
 * @param order the lowest goes first
 */
public record Waiting(long order, String workflowId) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
        int byOrder = Long.compare(order, other.order);
        return byOrder != 0 ? byOrder : workflowId.compareTo(other.workflowId);
    }
}
