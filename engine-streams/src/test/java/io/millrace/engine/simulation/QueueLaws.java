package io.millrace.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.dispatch.WorkerInfo;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.queue.QueueRules;
import io.millrace.engine.topology.LivingEngine;
import io.millrace.schemas.HistoryEntry;
import io.millrace.schemas.HistoryFact;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.Transfer;
import io.millrace.schemas.Waits;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.QueueMember;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.ToldToQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of queues with limits. Who holds a slot is read off the workflows' own states and histories here, and not off what queues count: it is
 * open, it has been granted since it was started or reopened, and it was not let past the limits.
 */
final class QueueLaws {
    private static final String NO_KEY = "";

    private final SimulatedCluster cluster;
    private final Map<String, Known> workflows = new TreeMap<>();
    private final Map<String, Set<String>> holders = new HashMap<>();
    private final Map<String, Expected> queues = new HashMap<>();

    /** What has begun on each partition in the transaction that is open there. */
    private final Map<Integer, List<Beginning>> uncommitted = new HashMap<>();

    /** What has begun on each queue since it is held to its settings, in the order of time. */
    private final Map<String, List<Beginning>> beginnings = new HashMap<>();

    /** A workflow as it is stored now, committed or not. */
    private record Known(StoredWorkflow workflow, boolean begun) {
        boolean holdsSlot() {
            WorkflowState state = workflow.getState();
            return begun && Statuses.isOpen(state.getStatus()) && !state.getExpedited();
        }

        String queue() {
            return workflow.getState().getQueue();
        }

        String key() {
            String key = workflow.getState().getPartitionKey();
            return key == null ? NO_KEY : key;
        }
    }

    private record Beginning(String queue, String key, long atMs) {}

    /**
     * What is asked of a queue. Settings change in one place after the other, and what runs is not stopped by them: so from a change on the queue is
     * held to nothing, until all have heard of it, nothing is on its way, and no more run than may.
     */
    private static final class Expected {
        private @Nullable QueueSettings settings;
        private boolean binding;
    }

    /** The members of the queues of a partition before it takes an input. */
    record Before(Map<String, Map<String, QueueMember>> members) {}

    QueueLaws(SimulatedCluster cluster) {
        this.cluster = cluster;
    }

    /** Somebody asks for other settings. */
    void onSettingsAsked(QueueSettings settings) {
        Expected expected = queues.computeIfAbsent(settings.getQueue(), unused -> new Expected());
        expected.settings = settings;
        expected.binding = false;
    }

    @Nullable
    QueueSettings settings(String queue) {
        Expected expected = queues.get(queue);
        return expected == null ? null : expected.settings;
    }

    /** The workflows that hold a slot of a queue, by their own account. */
    Set<String> holders(String queue) {
        return holders.getOrDefault(queue, Set.of());
    }

    /** The queues that are held to their settings now, and have limits: those count all who run. */
    Set<String> counting() {
        Set<String> counting = new TreeSet<>();
        queues.forEach((queue, expected) -> {
            if (expected.binding && QueueRules.hasLimits(expected.settings)) {
                counting.add(queue);
            }
        });
        return counting;
    }

    Set<String> workflowIds() {
        return workflows.keySet();
    }

    @Nullable
    StoredWorkflow find(String workflowId) {
        Known known = workflows.get(workflowId);
        return known == null ? null : known.workflow;
    }

    List<StoredWorkflow> open() {
        return workflows.values().stream()
                .map(Known::workflow)
                .filter(workflow -> Statuses.isOpen(workflow.getState().getStatus()))
                .toList();
    }

    void onEntry(SimulatedPartition partition, String workflowId, HistoryEntry entry) {
        Known before = workflows.get(workflowId);
        boolean begunBefore = before != null && before.begun;
        boolean begun = begunAfter(begunBefore, entry);
        StoredWorkflow workflow = partition.engine().stores().workflows().find(workflowId);
        put(workflowId, new Known(workflow, begun));
        if (begun && !begunBefore && !workflow.getState().getExpedited()) {
            Known now = workflows.get(workflowId);
            uncommitted
                    .computeIfAbsent(partition.number(), unused -> new ArrayList<>())
                    .add(new Beginning(now.queue(), now.key(), cluster.now()));
        }
    }

    private void put(String workflowId, @Nullable Known now) {
        Known before = now == null ? workflows.remove(workflowId) : workflows.put(workflowId, now);
        if (before != null && before.holdsSlot()) {
            holders.get(before.queue()).remove(workflowId);
        }
        if (now != null && now.holdsSlot()) {
            holders.computeIfAbsent(now.queue(), unused -> new TreeSet<>()).add(workflowId);
        }
    }

    private static boolean begunAfter(boolean begunBefore, HistoryEntry entry) {
        boolean begun = begunBefore;
        for (HistoryFact fact : entry.getFacts()) {
            begun &= fact.getReopened() == null;
            begun |= fact.getGranted() != null;
        }
        return begun;
    }

    Before before(SimulatedPartition partition) {
        Map<String, Map<String, QueueMember>> members = new HashMap<>();
        partition.engine().stores().members().forEach((queue, id, member) -> {
            if (member.getWaits() != null && !member.getHoldsSlot()) {
                members.computeIfAbsent(queue, unused -> new HashMap<>()).put(id, member);
            }
        });
        return new Before(members);
    }

    void after(SimulatedPartition partition, Before before, List<LivingEngine.Written> written) {
        for (LivingEngine.Written each : written) {
            if (each.value() instanceof Transfer transfer && transfer.getQueueMatches() != null) {
                for (QueueMatch match : transfer.getQueueMatches().getMatches()) {
                    mustHaveBeenFirst(partition, before, match);
                }
            }
        }
        mustKeepToLimits();
        mustHoldDeduplicationIdsOnce();
    }

    /**
     * Of those that a queue had been offered before an input, and that still wait behind it, none that the same worker could run is before one that was
     * matched meanwhile: by priority, and by place where that is equal. Among those of one key: keys take turns, whatever the priorities.
     */
    private void mustHaveBeenFirst(SimulatedPartition partition, Before before, QueueMatch match) {
        before.members().forEach((queue, waiting) -> {
            QueueMember matched = waiting.get(match.getWorkflowId());
            WorkerInfo worker = partition.leases().find(match.getWorkerId());
            if (matched == null || matched.getTicket() != match.getTicket() || worker == null) {
                return;
            }
            Waiting place = placeOf(match.getWorkflowId(), matched.getWaits());
            QueueSettings settings = settingsAt(partition, queue);
            waiting.forEach((id, other) -> {
                QueueMember now = partition.engine().stores().members().find(queue, id);
                boolean stillWaits = now != null && now.getTicket() == other.getTicket() && now.getWaits() != null;
                boolean sameKey = settings == null
                        || !settings.getPartitioned()
                        || Objects.equals(other.getPartitionKey(), matched.getPartitionKey());
                Waits waits = other.getWaits();
                Lane lane =
                        new Lane(queue, waits.getWorkflowType(), waits.getApplicationVersion(), null, Lane.Rank.NEW);
                assertFalse(
                        stillWaits
                                && sameKey
                                && worker.canRun(lane)
                                && placeOf(id, waits).compareTo(place) < 0,
                        () -> match.getWorkflowId() + " goes before " + id + " on queue " + queue);
            });
        });
    }

    private static @Nullable QueueSettings settingsAt(SimulatedPartition home, String queue) {
        List<QueueSettings> found = new ArrayList<>();
        home.engine().stores().queues().forEachSettings(settings -> {
            if (settings.getQueue().equals(queue)) {
                found.add(settings);
            }
        });
        return found.isEmpty() ? null : found.get(0);
    }

    private static Waiting placeOf(String workflowId, Waits waits) {
        return new Waiting(waits.getPriority(), waits.getQueueOrder(), workflowId);
    }

    private void mustKeepToLimits() {
        queues.forEach((queue, expected) -> {
            if (expected.binding && expected.settings != null) {
                String objection = objectionTo(queue, expected.settings);
                assertNull(objection, () -> "queue " + queue + " with " + expected.settings + ": " + objection);
            }
        });
    }

    private @Nullable String objectionTo(String queue, QueueSettings settings) {
        Set<String> holding = holders(queue);
        Map<String, Integer> byWorker = new HashMap<>();
        Map<String, Integer> byKey = new HashMap<>();
        for (String id : holding) {
            Known known = workflows.get(id);
            String owner = Statuses.ownerOf(known.workflow);
            if (owner != null) {
                byWorker.merge(owner, 1, Integer::sum);
            }
            byKey.merge(known.key(), 1, Integer::sum);
        }
        if (isMore(holding.size(), settings.getConcurrency())) {
            return holding + " hold slots";
        }
        if (byWorker.values().stream().anyMatch(many -> isMore(many, settings.getWorkerConcurrency()))) {
            return "workers have " + byWorker + " of " + holding;
        }
        boolean keys = settings.getPartitioned()
                && byKey.values().stream().anyMatch(many -> isMore(many, settings.getPartitionConcurrency()));
        return keys ? "keys hold " + byKey + " of " + holding : null;
    }

    private static boolean isMore(int many, @Nullable Integer limit) {
        return limit != null && many > limit;
    }

    private void mustHoldDeduplicationIdsOnce() {
        Map<String, String> held = new HashMap<>();
        workflows.forEach((id, known) -> {
            WorkflowState state = known.workflow.getState();
            if (state.getDeduplicationId() != null && Statuses.isOpen(state.getStatus())) {
                String name = known.workflow.getDeduplicationQueue() + "/" + state.getDeduplicationId();
                String other = held.put(name, id);
                assertNull(other, () -> "deduplication id " + name + " is held by " + other + " and " + id);
            }
        });
    }

    void onCommit(SimulatedPartition partition) {
        List<Beginning> begun = uncommitted.remove(partition.number());
        if (begun != null) {
            begun.forEach(this::onBeginning);
        }
        if (cluster.isQuiet()) {
            queues.forEach(this::bindIfAllHaveHeard);
        }
    }

    private void onBeginning(Beginning beginning) {
        Expected expected = queues.get(beginning.queue());
        if (expected == null || !expected.binding || expected.settings == null) {
            return;
        }
        List<Beginning> all = beginnings.computeIfAbsent(beginning.queue(), unused -> new ArrayList<>());
        all.add(beginning);
        // A partition that has committed later may have begun earlier.
        all.sort(Comparator.comparingLong(Beginning::atMs));
        mustKeepTo(expected.settings.getRateLimit(), all);
        if (expected.settings.getPartitioned()) {
            List<Beginning> ofKey = all.stream()
                    .filter(other -> other.key().equals(beginning.key()))
                    .toList();
            mustKeepTo(expected.settings.getPartitionRateLimit(), ofKey);
        }
    }

    /** No window of the period, wherever it begins, has more beginnings than permits. A clock that was exchanged counts as much as it is off. */
    private void mustKeepTo(@Nullable RateLimit rate, List<Beginning> begun) {
        if (rate == null) {
            return;
        }
        for (int i = rate.getPermits(); i < begun.size(); i++) {
            long windowMs =
                    begun.get(i).atMs() - begun.get(i - rate.getPermits()).atMs();
            assertTrue(
                    windowMs >= rate.getPeriodMs() - cluster.conditions().clocksDifferMs(),
                    () -> rate.getPermits() + 1 + " began within " + windowMs + " ms: " + begun);
        }
    }

    /** Nothing is on its way: the settings that are asked for now are those that all know. */
    private void bindIfAllHaveHeard(String queue, Expected expected) {
        if (expected.binding || expected.settings == null) {
            return;
        }
        for (String id : holders(queue)) {
            ToldToQueue told = cluster.homeOf(id).engine().stores().told().find(id);
            if (told == null || !told.getHoldsSlot()) {
                return;
            }
        }
        if (objectionTo(queue, expected.settings) == null) {
            expected.binding = true;
            beginnings.remove(queue);
        }
    }

    /** What was not committed has not been. */
    void onAbort(SimulatedPartition partition) {
        uncommitted.remove(partition.number());
        for (String id : Set.copyOf(workflows.keySet())) {
            if (SimulatedCluster.home(id) == partition.number()) {
                put(id, null);
            }
        }
        partition.engine().workflows().forEach((id, workflow) -> {
            boolean begun = false;
            for (HistoryEntry entry : partition.engine().history(id)) {
                begun = begunAfter(begun, entry);
            }
            put(id, new Known(workflow, begun));
        });
    }
}
