package io.millrace.engine.queue;

import io.millrace.engine.dispatch.Backlog;
import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.machine.Message;
import io.millrace.engine.machine.Statuses;
import io.millrace.engine.store.Indexes;
import io.millrace.engine.store.PartitionStores;
import io.millrace.schemas.HoldsSlot;
import io.millrace.schemas.QueueChange;
import io.millrace.schemas.QueueMatch;
import io.millrace.schemas.Waits;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.store.StoredWorkflow;
import io.millrace.schemas.store.ToldToQueue;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells the homes of queues how workflows of one partition stand, whenever that is something else than they were told last. What they were told is
 * stored ({@link ToldToQueue}), and is a function of the workflow and the settings that this partition sees.
 */
public final class QueueDesk {
    /** Most workflows that are offered in one go, when a window is filled up: the partition's other work waits meanwhile. */
    private static final int OFFERS_AT_ONCE = 2_000;

    private final PartitionStores stores;
    private final QueueView queues;
    private final QueuePost post;
    private final QueueNewsPost news;
    private final OfferWindows windows;
    private final LongUnaryOperator tickets;

    /** The match that is being carried out: its home knows of it. */
    private @Nullable QueueMatch matching;

    /**
     * The desk of one partition.
     *
     * @param tickets the next ticket, higher than all before, at a time
     */
    public QueueDesk(
            PartitionStores stores, QueueView queues, QueuePost post, Backlog backlog, LongUnaryOperator tickets) {
        this.stores = stores;
        this.queues = queues;
        this.post = post;
        this.news = new QueueNewsPost(post);
        this.windows = new OfferWindows(backlog);
        this.tickets = tickets;
        restoreWindows();
    }

    private void restoreWindows() {
        stores.told().forEach((workflowId, told) -> {
            StoredWorkflow workflow = isOffered(told) ? stores.workflows().find(workflowId) : null;
            Indexes.Entry entry = Indexes.Entry.of(workflow);
            if (entry.lane() != null && entry.waiting() != null) {
                windows.onOffered(entry.lane(), entry.waiting());
            }
        });
        queues.all().stream().filter(QueueRules::hasLimits).forEach(queue -> windows.fillUp(queue.getQueue()));
    }

    /** A workflow has changed: its queue is told, where that matters to it. */
    public void onChange(String workflowId, Indexes.Entry before, StoredWorkflow workflow, long nowMs) {
        WorkflowState state = workflow.getState();
        boolean limited = isLimited(state);
        ToldToQueue told = findTold(workflowId, before, state.getQueue());
        if (told == null && !limited) {
            return;
        }
        Change change = new Change(workflowId, before, workflow, nowMs);
        boolean gone = !Statuses.isOpen(state.getStatus())
                || (told != null && !told.getQueue().equals(state.getQueue()))
                || (told != null && state.getExpedited() && !told.getHoldsSlot());
        if (told != null && gone) {
            leave(change, told);
            told = null;
        }
        if (Statuses.isOpen(state.getStatus())) {
            tell(change, told, limited);
        }
    }

    /** One change of a workflow. */
    private record Change(String workflowId, Indexes.Entry before, StoredWorkflow workflow, long nowMs) {
        Indexes.Entry after() {
            return Indexes.Entry.of(workflow);
        }

        WorkflowState state() {
            return workflow.getState();
        }
    }

    private void tell(Change change, @Nullable ToldToQueue told, boolean limited) {
        Indexes.Entry after = change.after();
        Lane lane = after.lane();
        Waiting waiting = after.waiting();
        if (lane != null && waiting != null) {
            if (told != null && told.getHoldsSlot()) {
                waitAgain(change, told, lane, waiting);
            } else if (told != null || limited) {
                offer(change, told, lane, waiting, limited);
            }
        } else if (after.owned() != null) {
            own(change, told, after.owned().workerId(), limited);
        } else if (told != null) {
            rest(change, told);
        }
    }

    /** It has not begun, and waits: it is offered if it is among the first. */
    private void offer(Change change, @Nullable ToldToQueue told, Lane lane, Waiting waiting, boolean limited) {
        boolean same = lane.equals(change.before.lane()) && waiting.equals(change.before.waiting());
        if (told != null && same) {
            return;
        }
        if (told != null && change.before.lane() != null) {
            windows.onNotOffered(change.before.lane());
        }
        // One that has begun without limits (its queue got them since) is counted from now on, and needs no leave to go
        // on.
        boolean begun = lane.rank() == Lane.Rank.BEGUN;
        if (begun || (limited && windows.isAmongFirst(lane, waiting))) {
            ToldToQueue now = told(lane.queue(), change.nowMs, true, begun, null);
            put(change.workflowId, told, now);
            news.add(lane.queue(), change(change.workflowId, now, waits(change.workflow, lane, waiting, begun)));
            if (!begun) {
                windows.onOffered(lane, waiting);
            }
        } else if (told != null) {
            put(change.workflowId, told, null);
            news.add(lane.queue(), left(change.workflowId, change.nowMs));
        }
    }

    private void waitAgain(Change change, ToldToQueue told, Lane lane, Waiting waiting) {
        boolean same = told.getWaits() && waiting.equals(change.before.waiting());
        if (!same) {
            ToldToQueue now = told(told.getQueue(), change.nowMs, true, true, null);
            put(change.workflowId, told, now);
            news.add(told.getQueue(), change(change.workflowId, now, waits(change.workflow, lane, waiting, true)));
        }
    }

    /** A worker has it. */
    private void own(Change change, @Nullable ToldToQueue told, String workerId, boolean limited) {
        boolean byMatch = matching != null && matching.getWorkflowId().equals(change.workflowId);
        if (told == null && !limited) {
            return;
        }
        if (told != null && isOffered(told) && change.before.lane() != null) {
            windows.onNotOffered(change.before.lane());
        }
        String queue = change.state().getQueue();
        if (!byMatch && !limited && told != null && !told.getHoldsSlot()) {
            // The queue has lost its limits, and the workflow was granted here, before its home had heard of that.
            leave(change, told, false);
            return;
        }
        boolean known = told != null && told.getHoldsSlot() && workerId.equals(told.getWorkerId());
        if (known) {
            return;
        }
        ToldToQueue now = told(queue, change.nowMs, false, true, workerId);
        if (byMatch) {
            now.setTicket(Objects.requireNonNull(matching).getTicket());
        } else {
            news.add(queue, holds(change.workflowId, now, change.state().getPartitionKey()));
        }
        put(change.workflowId, told, now);
    }

    /** It is parked or paused: it keeps its slot, if it has one, and no worker. */
    private void rest(Change change, ToldToQueue told) {
        if (!told.getHoldsSlot()) {
            leave(change, told);
        } else if (told.getWaits() || told.getWorkerId() != null) {
            ToldToQueue now = told(told.getQueue(), change.nowMs, false, true, null);
            put(change.workflowId, told, now);
            news.add(
                    told.getQueue(),
                    holds(change.workflowId, now, change.state().getPartitionKey()));
        }
    }

    private void leave(Change change, ToldToQueue told) {
        leave(change, told, true);
    }

    private void leave(Change change, ToldToQueue told, boolean countsAsOffered) {
        if (countsAsOffered && isOffered(told) && change.before.lane() != null) {
            windows.onNotOffered(change.before.lane());
        }
        put(change.workflowId, told, null);
        news.add(told.getQueue(), left(change.workflowId, change.nowMs));
    }

    /** What carries a match out: grants the workflow to the worker. */
    public interface Granting {
        /** Grants a workflow that waits. */
        void grant(QueueMatch match);

        /**
         * Sends a grant again that this match led to.
         *
         * @return whether there is such a grant
         */
        boolean grantAgain(QueueMatch match);
    }

    /** A queue has found a worker for a workflow. It counts only while the workflow waits as it did when it was offered. */
    public void onMatch(QueueMatch match, Granting granting) {
        ToldToQueue told = stores.told().find(match.getWorkflowId());
        if (told != null && told.getWaits() && told.getTicket() == match.getTicket()) {
            matching = match;
            try {
                granting.grant(match);
            } finally {
                matching = null;
            }
            if (match.getTellBegan()) {
                QueueChange began = new QueueChange(match.getWorkflowId(), match.getTicket(), null, null, true);
                news.add(told.getQueue(), began);
            }
        } else if (!granting.grantAgain(match)) {
            post.send(Message.voidGrant(match.getWorkerId(), match.getCreditPartition(), match.getNumber()));
        }
    }

    /** Offers more where there is room, and sends what is new. To be called before the input is done with: what is kept here is in no store. */
    public void flush(long nowMs) {
        if (windows.hasLow()) {
            windows.fill(this::hasLimits, (lane, waiting) -> offerNext(lane, waiting, nowMs), OFFERS_AT_ONCE);
        }
        news.flush();
    }

    private void offerNext(Lane lane, Waiting waiting, long nowMs) {
        String workflowId = waiting.workflowId();
        if (stores.told().find(workflowId) != null) {
            return;
        }
        boolean begun = lane.rank() == Lane.Rank.BEGUN;
        ToldToQueue now = told(lane.queue(), nowMs, true, begun, null);
        put(workflowId, null, now);
        news.add(lane.queue(), change(workflowId, now, waits(null, lane, waiting, begun)));
        if (!begun) {
            windows.onOffered(lane, waiting);
        }
    }

    /** Queues have got limits: what waits is offered, and what runs counts from now on. */
    public void onLimited(Set<String> limited, long nowMs) {
        limited.forEach(windows::fillUp);
        for (var owned : stores.owners().all()) {
            StoredWorkflow workflow =
                    limited.contains(owned.queue()) ? stores.workflows().find(owned.workflowId()) : null;
            if (workflow != null) {
                onChange(owned.workflowId(), Indexes.Entry.of(workflow), workflow, nowMs);
            }
        }
    }

    private @Nullable ToldToQueue findTold(String workflowId, Indexes.Entry before, String queue) {
        Lane lane = before.lane();
        boolean maybe =
                stores.told().hasAnyOf(queue) || (lane != null && stores.told().hasAnyOf(lane.queue()));
        return maybe ? stores.told().find(workflowId) : null;
    }

    private boolean isLimited(WorkflowState state) {
        return !state.getExpedited() && hasLimits(state.getQueue());
    }

    private boolean hasLimits(String queue) {
        return QueueRules.hasLimits(queues.find(queue));
    }

    private static boolean isOffered(ToldToQueue told) {
        return told.getWaits() && !told.getHoldsSlot();
    }

    private ToldToQueue told(String queue, long nowMs, boolean waits, boolean holdsSlot, @Nullable String workerId) {
        return new ToldToQueue(queue, tickets.applyAsLong(nowMs), waits, holdsSlot, workerId);
    }

    private void put(String workflowId, @Nullable ToldToQueue before, @Nullable ToldToQueue after) {
        stores.told().replace(workflowId, before, after);
    }

    private static QueueChange change(String workflowId, ToldToQueue told, Waits waits) {
        return new QueueChange(workflowId, told.getTicket(), waits, null, false);
    }

    private static QueueChange holds(String workflowId, ToldToQueue told, @Nullable String partitionKey) {
        HoldsSlot body = new HoldsSlot(partitionKey, told.getWorkerId());
        return new QueueChange(workflowId, told.getTicket(), null, body, false);
    }

    private QueueChange left(String workflowId, long nowMs) {
        return new QueueChange(workflowId, tickets.applyAsLong(nowMs), null, null, false);
    }

    private static Waits waits(@Nullable StoredWorkflow workflow, Lane lane, Waiting waiting, boolean holdsSlot) {
        Waits waits = new Waits();
        waits.setWorkflowType(lane.workflowType());
        waits.setApplicationVersion(lane.applicationVersion());
        waits.setPartitionKey(lane.partitionKey());
        waits.setPriority(waiting.priority());
        waits.setQueueOrder(waiting.order());
        waits.setHoldsSlot(holdsSlot);
        waits.setPreferredWorkerId(workflow == null ? null : workflow.getLastWorkerId());
        return waits;
    }
}
