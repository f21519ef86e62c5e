package io.millrace.benchmarks.feed;

import io.millrace.benchmarks.figures.Rates;
import io.millrace.benchmarks.figures.Tally;
import io.millrace.schemas.WorkflowStatus;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/** Which workflows of the load have ended, each counted once, and how. Thread-safe. */
public final class Ends {
    private final int workflows;
    private final BitSet ended = new BitSet();
    private final Map<WorkflowStatus, Integer> byStatus = new EnumMap<>(WorkflowStatus.class);
    private long count;
    private Tally tally;

    public Ends(int workflows) {
        this.workflows = workflows;
        this.tally = new Tally(workflows);
    }

    /** One has ended, or is said once more to have. */
    public synchronized void ended(int index, WorkflowStatus how, long nanos) {
        if (!ended.get(index)) {
            ended.set(index);
            count++;
            byStatus.merge(how, 1, Integer::sum);
            tally.add(nanos);
        }
    }

    /** Rates are those of what ends from now on. */
    public synchronized void beginDrain() {
        tally = new Tally(workflows - count);
    }

    public synchronized long count() {
        return count;
    }

    public synchronized Rates drained() {
        return tally.rates();
    }

    /** Whether any has ended since the drain began. */
    public synchronized boolean hasDrained() {
        return tally.count() > 0;
    }

    /** How long after that time the first of these ended. */
    public synchronized double secondsToFirst(long nanos) {
        return Math.max(0, tally.beganAt() - nanos) / 1e9;
    }

    public synchronized Map<WorkflowStatus, Integer> byStatus() {
        return new EnumMap<>(byStatus);
    }
}
