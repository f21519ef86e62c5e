package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.listing.WorkflowTable;
import io.millrace.engine.machine.RecordLaws;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.store.OwnerTable.Owned;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.TimerStore.Kind;
import io.millrace.engine.store.TimerStore.Timer;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ListOrder;
import io.millrace.schemas.WorkflowConditions;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/** What a partition stores must fit together: the states, their histories and all that is read off them. */
public final class IndexLaws {
    private static final int ENDED_ID_AT = 2 + Long.BYTES;

    private final Set<Owned> owned = new HashSet<>();
    private final Map<Waiting, Lane> waiting = new HashMap<>();
    private final Set<Timer> timers = new HashSet<>();
    private final Set<String> ended = new HashSet<>();

    private IndexLaws() {}

    /** Fails where they do not. */
    public static void mustFitTogether(LivingEngine engine) {
        IndexLaws laws = new IndexLaws();
        engine.workflows().forEach((id, workflow) -> {
            RecordLaws record = new RecordLaws(id, engine.history(id), workflow);
            record.mustBeTheFoldOfItsHistory();
            record.mustAgreeWithItsJournal();
            record.mustHaveRecordedEachStepOnce();
            record.mustHaveHadOneOwnerInEachEpoch();
            laws.expect(workflow);
        });
        laws.mustBeStored(engine);
        Collection<StoredWorkflow> all = engine.workflows().values();
        mustList(all, engine.stores().listing());
        mustList(all, engine.foundStores().listing());
    }

    /** The listing in memory shows what is stored, whether it was kept up or read afresh. */
    private static void mustList(Collection<StoredWorkflow> workflows, WorkflowTable listing) {
        List<WorkflowState> states =
                workflows.stream().map(StoredWorkflow::getState).toList();
        WorkflowConditions all =
                new WorkflowConditions(List.of(), null, null, null, null, null, null, Map.of(), null, null);
        assertEquals(idsOf(states.stream()), listed(listing, all));
        for (WorkflowStatus status : WorkflowStatus.values()) {
            all.setStatuses(List.of(status));
            assertEquals(idsOf(states.stream().filter(state -> state.getStatus() == status)), listed(listing, all));
        }
        all.setStatuses(List.of());
        Map<String, Long> owners = new HashMap<>();
        states.stream()
                .filter(state -> Statuses.isOpen(state.getStatus()) && state.getWorkerId() != null)
                .forEach(state -> owners.merge(state.getWorkerId(), 1L, Long::sum));
        assertEquals(owners, listing.count(all).byOwner());
        for (String queue :
                states.stream().map(WorkflowState::getQueue).distinct().toList()) {
            all.setQueue(queue);
            assertEquals(idsOf(states.stream().filter(state -> state.getQueue().equals(queue))), listed(listing, all));
        }
        all.setQueue(null);
        for (WorkflowState parent : states) {
            all.setParentWorkflowId(parent.getWorkflowId());
            assertEquals(
                    idsOf(states.stream().filter(state -> parent.getWorkflowId().equals(state.getParentWorkflowId()))),
                    listed(listing, all));
        }
    }

    private static List<String> idsOf(Stream<WorkflowState> states) {
        return states.sorted(ListOrder.NEWEST_FIRST)
                .map(WorkflowState::getWorkflowId)
                .toList();
    }

    private static List<String> listed(WorkflowTable listing, WorkflowConditions conditions) {
        List<String> ids = new ArrayList<>();
        listing.visit(conditions, null, false, ids::add);
        return ids;
    }

    private void mustBeStored(LivingEngine engine) {
        // Read afresh, as another task would find it.
        PartitionStores found = engine.foundStores();
        assertEquals(owned, Set.copyOf(found.owners().all()));
        assertEquals(owned, Set.copyOf(engine.stores().owners().all()));
        assertEquals(found.owners().workers(), engine.stores().owners().workers());
        Map<Waiting, Lane> backlog = new HashMap<>();
        found.backlog().forEach((lane, row) -> backlog.put(row, lane));
        assertEquals(waiting, backlog);
        assertEquals(timers, Set.copyOf(found.timers().dueAt(Long.MAX_VALUE, Integer.MAX_VALUE)));
        assertEquals(ended, endedIn(engine));
        mustBeOfWorkflowsThatAreThere(engine);
        assertEquals(0, engine.openIterators());
    }

    private static Set<String> endedIn(LivingEngine engine) {
        Set<String> found = new HashSet<>();
        for (Bytes key : engine.stored().keySet()) {
            byte[] bytes = key.get();
            // The row of no workflow says that all that have ended are here.
            if (bytes[0] == 'p' && bytes.length > ENDED_ID_AT) {
                found.add((bytes[1] == 2) + " "
                        + ByteBuffer.wrap(bytes, 2, Long.BYTES).getLong() + " "
                        + new String(bytes, ENDED_ID_AT, bytes.length - ENDED_ID_AT, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    /** Histories, answers and forks are of workflows that are there, or that are being deleted. */
    private static void mustBeOfWorkflowsThatAreThere(LivingEngine engine) {
        Set<String> there = new HashSet<>(engine.workflows().keySet());
        for (Bytes key : engine.stored().keySet()) {
            if (key.get()[0] == 'x') {
                there.add(new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8));
            }
        }
        for (Bytes key : engine.stored().keySet()) {
            if ("hcf".indexOf(key.get()[0]) >= 0) {
                String id =
                        new String(key.get(), 1, key.get().length - 1, StandardCharsets.UTF_8).split("\u0000", 2)[0];
                assertTrue(there.contains(id), () -> "a row of " + id + ", which is not there: " + key);
            }
        }
    }

    /** Said in other words than the engine's own. */
    private void expect(StoredWorkflow workflow) {
        var state = workflow.getState();
        String id = state.getWorkflowId();
        if (!Statuses.isOpen(state.getStatus())) {
            Long own = workflow.getRetentionMs();
            if (!workflow.getCopying()) {
                long atMs = state.getCompletedAtMs() + (own == null ? 0 : own);
                ended.add((own != null) + " " + atMs + " " + id);
            }
            return;
        }
        if (state.getWorkerId() != null) {
            owned.add(new Owned(
                    state.getWorkerId(),
                    id,
                    state.getQueue(),
                    workflow.getGrantNumber(),
                    workflow.getCreditPartition()));
        } else if (waitsForAWorker(workflow)) {
            waiting.put(
                    new Waiting(
                            state.getPriority() == null ? Limits.DEFAULT_PRIORITY : state.getPriority(),
                            workflow.getQueueOrder(),
                            id),
                    new Lane(
                            state.getQueue(),
                            state.getWorkflowType(),
                            state.getApplicationVersion(),
                            state.getPartitionKey(),
                            rank(state)));
        }
        wakeTime(workflow).ifPresent(time -> timers.add(new Timer(time, Kind.WAKE, id)));
        if (state.getDeadlineMs() != null) {
            timers.add(new Timer(state.getDeadlineMs(), Kind.DEADLINE, id));
        }
    }

    private static Lane.Rank rank(WorkflowState state) {
        Lane.Rank ofStatus = state.getStatus() == WorkflowStatus.ENQUEUED ? Lane.Rank.NEW : Lane.Rank.BEGUN;
        return state.getExpedited() ? Lane.Rank.EXPEDITED : ofStatus;
    }

    private static boolean waitsForAWorker(StoredWorkflow workflow) {
        boolean held = workflow.getParkedUntilMs() != null
                || workflow.getDelayedUntilMs() != null
                || workflow.getCopying()
                || workflow.getState().getStatus() == WorkflowStatus.PAUSED;
        boolean onlyChildren =
                workflow.getCancel() != null && workflow.getCancel().getWaitsForChildren();
        return !held && !onlyChildren;
    }

    private static OptionalLong wakeTime(StoredWorkflow workflow) {
        if (workflow.getState().getStatus() == WorkflowStatus.PAUSED) {
            return OptionalLong.empty();
        }
        LongStream receives = workflow.getWaitingSteps().stream()
                .filter(step -> step.getDueAtMs() != null)
                .mapToLong(step -> step.getDueAtMs());
        LongStream others = Stream.of(workflow.getParkedUntilMs(), workflow.getDelayedUntilMs())
                .filter(time -> time != null)
                .mapToLong(Long::longValue);
        return LongStream.concat(receives, others)
                .filter(time -> time != Long.MAX_VALUE)
                .min();
    }
}
