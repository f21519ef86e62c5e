package io.millrace.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Answer;
import io.millrace.schemas.GetQueues;
import io.millrace.schemas.Query;
import io.millrace.schemas.QueueStatistics;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What partitions have told homes of queues, what homes have of it, and what is so: the same, whenever nothing is on its way. */
final class QueueAgreement {
    private final SimulatedCluster cluster;
    private final QueueLaws laws;

    QueueAgreement(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.laws = cluster.laws();
    }

    /** Nothing is on its way: what homes have, what partitions have told them, and what is so, are the same. */
    void mustHold() {
        assertTrue(cluster.isQuiet());
        Map<String, String> told = new TreeMap<>();
        Map<String, String> members = new TreeMap<>();
        Map<String, Set<String>> slots = new TreeMap<>();
        for (SimulatedPartition partition : cluster.partitions()) {
            var stores = partition.engine().foundStores();
            stores.told()
                    .forEach((id, row) -> told.put(
                            row.getQueue() + " " + id,
                            describe(row.getTicket(), row.getWaits(), row.getHoldsSlot(), row.getWorkerId())));
            stores.members().forEach((queue, id, row) -> {
                members.put(
                        queue + " " + id,
                        describe(row.getTicket(), row.getWaits() != null, row.getHoldsSlot(), row.getWorkerId()));
                if (row.getHoldsSlot()) {
                    slots.computeIfAbsent(queue, unused -> new TreeSet<>()).add(id);
                }
            });
        }
        assertEquals(told, members, "what queues were told, and what they have");
        slots.forEach((queue, ids) -> assertTrue(
                laws.holders(queue).containsAll(ids),
                () -> "queue " + queue + " counts " + ids + ", and slots are held by " + laws.holders(queue)));
        // One without limits is told of nobody.
        for (String queue : laws.counting()) {
            Set<String> counted = slots.getOrDefault(queue, Set.of());
            assertEquals(laws.holders(queue), counted, queue);
            mustCount(queue, counted.size());
        }
    }

    private static String describe(long ticket, boolean waits, boolean holdsSlot, @Nullable String workerId) {
        return ticket
                + (waits ? " waits" : "")
                + (holdsSlot ? " holds a slot" : "")
                + (workerId == null ? "" : " with " + workerId);
    }

    /** All that is known of a workflow, for a failure's message. */
    String describe(StoredWorkflow workflow) {
        String id = workflow.getState().getWorkflowId();
        String queue = workflow.getState().getQueue();
        var home = cluster.homeOf(queue).engine().stores();
        return id + " on partition " + SimulatedCluster.home(id) + " is "
                + workflow.getState().getStatus()
                + (workflow.getState().getExpedited() ? ", expedited" : "") + ", with "
                + workflow.getState().getWorkerId() + ", parked until " + workflow.getParkedUntilMs()
                + "; its queue was told "
                + cluster.homeOf(id).engine().stores().told().find(id)
                + " and has " + home.members().find(queue, id) + "; "
                + statistics(queue) + " at partition " + SimulatedCluster.home(queue);
    }

    /** What a home counts in memory is what is stored. */
    private void mustCount(String queue, int slots) {
        QueueStatistics found = statistics(queue);
        assertTrue(
                found.getSlotsHeld() == null || found.getSlotsHeld() == slots,
                () -> "queue " + queue + " counts " + found.getSlotsHeld() + " slots, and has " + slots);
    }

    private QueueStatistics statistics(String queue) {
        SimulatedPartition home = cluster.homeOf(queue);
        Query query = new Query();
        query.setQueryId("q");
        query.setGetQueues(new GetQueues(queue));
        home.engine().query(query, home.engineTime());
        return home.engine().written().stream()
                .map(written ->
                        ((Answer) written.value()).getQueues().getQueues().get(0))
                .findFirst()
                .orElseThrow();
    }

    /** Nothing is left. */
    void mustHaveNothingLeft() {
        Set<String> left = new HashSet<>();
        for (SimulatedPartition partition : cluster.partitions()) {
            var stores = partition.engine().foundStores();
            stores.told().forEach((id, told) -> left.add("told " + id + ": " + told));
            stores.members().forEach((queue, id, member) -> left.add("member " + id + ": " + member));
            for (String queue : SimulatedQueues.NAMES) {
                for (String id : SimulatedQueues.DEDUPLICATION_IDS) {
                    var holder = stores.queues().holder(queue, id);
                    if (holder != null) {
                        left.add("deduplication id " + id + " of " + queue + ": " + holder);
                    }
                }
            }
        }
        assertEquals(Set.of(), left);
    }
}
