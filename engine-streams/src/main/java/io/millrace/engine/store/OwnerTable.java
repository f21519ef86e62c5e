package io.millrace.engine.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which workflows each worker owns, in memory: it follows from the workflows' states, and is read off them when the partition's task begins. What
 * workers own at once is bounded by their slots, so it is small; as rows it would cost two writes for each grant.
 */
public final class OwnerTable {
    /**
     * A workflow that a worker owns.
     *
     * @param grantNumber of the grant that it holds it by (0 where it was started eagerly)
     * @param creditPartition the partition whose credit that used, where it was another one
     */
    public record Owned(
            String workerId,
            String workflowId,
            String queue,
            long grantNumber,
            @Nullable Integer creditPartition) {}

    /** By worker and workflow, in the order in which the worker got them. */
    private final Map<String, Map<String, Owned>> byWorker = new HashMap<>();

    private final Map<String, Integer> countsByQueue = new HashMap<>();

    OwnerTable() {}

    void add(Owned owned) {
        byWorker.computeIfAbsent(owned.workerId(), worker -> new LinkedHashMap<>())
                .put(owned.workflowId(), owned);
        countsByQueue.merge(owned.queue(), 1, Integer::sum);
    }

    void remove(Owned owned) {
        byWorker.computeIfPresent(owned.workerId(), (worker, workflows) -> {
            workflows.remove(owned.workflowId());
            return workflows.isEmpty() ? null : workflows;
        });
        countsByQueue.computeIfPresent(owned.queue(), (queue, count) -> count == 1 ? null : count - 1);
    }

    /** How many workflows of each queue somebody owns. */
    public Map<String, Integer> countsByQueue() {
        return Map.copyOf(countsByQueue);
    }

    /** The workers that own something. */
    public Set<String> workers() {
        return Set.copyOf(byWorker.keySet());
    }

    /** What a worker owns, no more than {@code limit}; what it got first comes first. */
    public List<Owned> ownedBy(String workerId, int limit) {
        return byWorker.getOrDefault(workerId, Map.of()).values().stream()
                .limit(limit)
                .toList();
    }

    /** Everything that anybody owns. */
    public List<Owned> all() {
        List<Owned> all = new ArrayList<>();
        byWorker.values().forEach(workflows -> all.addAll(workflows.values()));
        return all;
    }
}
