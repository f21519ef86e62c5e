package io.millrace.engine.store;

import io.millrace.engine.dispatch.Dispatcher;
import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.listing.Row;
import io.millrace.engine.machine.Queueing;
import io.millrace.engine.machine.Statuses;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.schemas.store.StoredWorkflow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything that follows from a workflow's state: its place among what its owner has, its place in the backlog, its timers and its place in
 * the listing. Nobody else writes those; so they cannot disagree with the state.
 */
public final class Indexes {
    private final PartitionStores stores;
    private final Dispatcher dispatcher;

    /** Indexes in these stores; the dispatcher is told what waits. */
    public Indexes(PartitionStores stores, Dispatcher dispatcher) {
        this.stores = stores;
        this.dispatcher = dispatcher;
    }

    /**
     * What the indexes hold of one workflow.
     *
     * @param wakeAtMs when its delay or its wait is over
     * @param lane where it waits for a worker
     * @param ended how it is kept, if it is closed
     */
    public record Entry(
            OwnerTable.@Nullable Owned owned,
            @Nullable Lane lane,
            @Nullable Waiting waiting,
            @Nullable Long wakeAtMs,
            @Nullable Long deadlineMs,
            RetentionStore.@Nullable Ended ended) {
        private static final Entry NONE = new Entry(null, null, null, null, null, null);

        /** What follows from a state; nothing where there is none. */
        public static Entry of(@Nullable StoredWorkflow workflow) {
            if (workflow == null) {
                return NONE;
            }
            if (!Statuses.isOpen(workflow.getState().getStatus())) {
                return new Entry(null, null, null, null, null, RetentionStore.Ended.of(workflow));
            }
            var state = workflow.getState();
            String owner = Statuses.ownerOf(workflow);
            boolean dispatchable = Statuses.isDispatchable(workflow);
            return new Entry(
                    owner == null
                            ? null
                            : new OwnerTable.Owned(
                                    owner,
                                    state.getWorkflowId(),
                                    state.getQueue(),
                                    workflow.getGrantNumber(),
                                    workflow.getCreditPartition()),
                    dispatchable ? laneOf(workflow) : null,
                    dispatchable ? waitingOf(workflow) : null,
                    Statuses.wakeAtMs(workflow),
                    state.getDeadlineMs(),
                    null);
        }
    }

    /** The lane that a workflow waits in when it waits for a worker. */
    public static Lane laneOf(StoredWorkflow workflow) {
        var state = workflow.getState();
        return new Lane(
                state.getQueue(),
                state.getWorkflowType(),
                state.getApplicationVersion(),
                state.getPartitionKey(),
                rankOf(workflow));
    }

    private static Lane.Rank rankOf(StoredWorkflow workflow) {
        if (workflow.getState().getExpedited()) {
            return Lane.Rank.EXPEDITED;
        }
        boolean isNew = workflow.getState().getStatus() == WorkflowStatus.ENQUEUED;
        return isNew ? Lane.Rank.NEW : Lane.Rank.BEGUN;
    }

    private static Waiting waitingOf(StoredWorkflow workflow) {
        return new Waiting(
                Queueing.priorityOf(workflow),
                workflow.getQueueOrder(),
                workflow.getState().getWorkflowId());
    }

    /** Moves the indexes from one entry of a workflow to the next. */
    public void move(String workflowId, Entry before, Entry after) {
        if (!Objects.equals(before.owned, after.owned)) {
            moveOwner(before.owned, after.owned);
        }
        if (!Objects.equals(before.waiting, after.waiting) || !Objects.equals(before.lane, after.lane)) {
            moveWaiting(before, after);
        }
        moveTimer(workflowId, TimerStore.Kind.WAKE, before.wakeAtMs, after.wakeAtMs);
        moveTimer(workflowId, TimerStore.Kind.DEADLINE, before.deadlineMs, after.deadlineMs);
        if (!Objects.equals(before.ended, after.ended)) {
            moveEnded(before.ended, after.ended);
        }
    }

    /** Takes a workflow into the listing, or what has changed of it. */
    public void list(StoredWorkflow workflow) {
        stores.listing().put(Row.of(workflow));
    }

    /** Takes a workflow that is not there any more out of everything. */
    public void remove(StoredWorkflow workflow) {
        move(workflow.getState().getWorkflowId(), Entry.of(workflow), Entry.NONE);
        stores.listing().remove(Row.of(workflow));
    }

    private void moveEnded(RetentionStore.@Nullable Ended before, RetentionStore.@Nullable Ended after) {
        if (before != null) {
            stores.retention().remove(before);
        }
        if (after != null) {
            stores.retention().add(after);
        }
    }

    private void moveOwner(OwnerTable.@Nullable Owned before, OwnerTable.@Nullable Owned after) {
        if (before != null) {
            stores.owners().remove(before);
        }
        if (after != null) {
            stores.owners().add(after);
        }
    }

    private void moveWaiting(Entry before, Entry after) {
        if (before.lane != null && before.waiting != null) {
            stores.backlog().remove(before.lane, before.waiting);
            dispatcher.onWaitingNoMore(before.lane, before.waiting);
        }
        if (after.lane != null && after.waiting != null) {
            stores.backlog().add(after.lane, after.waiting);
            dispatcher.onWaiting(after.lane, after.waiting);
        }
    }

    private void moveTimer(String workflowId, TimerStore.Kind kind, @Nullable Long beforeMs, @Nullable Long afterMs) {
        if (Objects.equals(beforeMs, afterMs)) {
            return;
        }
        if (beforeMs != null) {
            stores.timers().remove(new TimerStore.Timer(beforeMs, kind, workflowId));
        }
        if (afterMs != null) {
            stores.timers().add(new TimerStore.Timer(afterMs, kind, workflowId));
        }
    }
}
