package io.millrace.engine.queue;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.dispatch.WorkerInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Workflows that wait for their turn, by lane and in order. */
final class LaneSet {
    private final Map<Lane, TreeSet<Waiting>> lanes = new HashMap<>();

    /** One that waits. */
    record Candidate(Lane lane, Waiting waiting) {}

    void add(Candidate candidate) {
        lanes.computeIfAbsent(candidate.lane(), unused -> new TreeSet<>()).add(candidate.waiting());
    }

    void remove(Candidate candidate) {
        TreeSet<Waiting> waiting = lanes.get(candidate.lane());
        if (waiting != null && waiting.remove(candidate.waiting()) && waiting.isEmpty()) {
            lanes.remove(candidate.lane());
        }
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    /** The first that this worker can run. */
    @Nullable
    Candidate first(WorkerInfo worker) {
        Candidate first = null;
        for (Map.Entry<Lane, TreeSet<Waiting>> lane : lanes.entrySet()) {
            Waiting head = worker.canRun(lane.getKey()) ? lane.getValue().first() : null;
            if (head != null && (first == null || head.compareTo(first.waiting()) < 0)) {
                first = new Candidate(lane.getKey(), head);
            }
        }
        return first;
    }

    /** How many this worker can run, or {@code limit} where it is more. */
    long count(WorkerInfo worker, long limit) {
        long count = 0;
        for (Map.Entry<Lane, TreeSet<Waiting>> lane : lanes.entrySet()) {
            count += worker.canRun(lane.getKey()) ? lane.getValue().size() : 0;
            if (count >= limit) {
                return limit;
            }
        }
        return count;
    }
}
