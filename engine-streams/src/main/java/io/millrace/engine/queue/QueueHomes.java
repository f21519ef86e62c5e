package io.millrace.engine.queue;

import io.millrace.engine.dispatch.Credits;
import io.millrace.engine.dispatch.WorkerInfo;
import io.millrace.engine.machine.Message;
import io.millrace.engine.store.PartitionStores;
import io.millrace.engine.store.QueueStore;
import io.millrace.schemas.HoldsSlot;
import io.millrace.schemas.QueueChange;
import io.millrace.schemas.QueueNews;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.Waits;
import io.millrace.schemas.WorkflowBegun;
import io.millrace.schemas.store.QueueMember;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The queues that are at home in one partition: takes what is new of their workflows, and matches those with workers. */
public final class QueueHomes {
    /** How often what no longer counts is cleared away, in milliseconds. */
    private static final long SWEEP_MS = 5_000;

    /** Tickets follow the clock, at so many for a millisecond. One of another host's may be ahead by this, in milliseconds. */
    private static final long MAX_AHEAD_MS = 86_400_000;

    private static final long TICKETS_PER_MS = 1_000;

    private final PartitionStores stores;
    private final Credits credits;
    private final QueuePost post;
    private final int partition;
    private final QueueMatchPost matches;
    private final Map<String, HomeQueue> queues = new HashMap<>();
    private final List<HomeQueue> turns = new ArrayList<>();

    /** What rate limits count, by queue, the oldest first; for clearing it away. */
    private final Map<String, Deque<QueueStore.Begun>> begun = new HashMap<>();

    private int turn;
    private long lastSweepMs;

    /**
     * The queues as they are stored.
     *
     * @param partition this one
     * @param partitions how many there are
     */
    public QueueHomes(PartitionStores stores, Credits credits, QueuePost post, int partition, int partitions) {
        this.stores = stores;
        this.credits = credits;
        this.post = post;
        this.partition = partition;
        this.matches = new QueueMatchPost(post, partition, partitions);
        stores.queues().forEachSettings(settings -> open(settings));
        stores.members().forEach((queue, id, member) -> queue(queue).replace(id, null, member));
        stores.queues().forEachBegun(this::countBegun);
    }

    /** The matches that workers may not have seen: they count against their credit. */
    public List<Credits.Unseen> matches() {
        List<Credits.Unseen> held = new ArrayList<>();
        stores.members().forEach((queue, id, member) -> {
            if (member.getWorkerId() != null && member.getNumber() > 0) {
                held.add(new Credits.Unseen(member.getWorkerId(), member.getNumber(), id, queue));
            }
        });
        return held;
    }

    /** A partition tells what is new of some workflows of a queue. */
    public void onNews(String queueName, QueueNews news, long nowMs) {
        HomeQueue queue = queue(queueName);
        for (QueueChange change : news.getChanges()) {
            take(queue, change, nowMs);
        }
        dispatch(List.of(queue), nowMs);
    }

    private void take(HomeQueue queue, QueueChange change, long nowMs) {
        String workflowId = change.getWorkflowId();
        QueueMember before = stores.members().find(queue.name(), workflowId);
        boolean isOld = before != null && change.getTicket() < before.getTicket();
        if (isOld || change.getTicket() > (nowMs + MAX_AHEAD_MS) * TICKETS_PER_MS) {
            // No partition says so; whoever did must not undo what is newer, nor keep what is true from being newer.
            return;
        }
        if (change.getBegan()) {
            if (before != null && before.getBeginning() && before.getTicket() == change.getTicket()) {
                QueueMember granted = copyOf(before);
                granted.setGranted(true);
                put(queue, workflowId, before, granted);
            }
            return;
        }
        QueueMember after = memberOf(change);
        // Whatever it does now, it has begun, unless its match did not count; its worker may not have said so yet, or
        // have died.
        if (before != null
                && before.getBeginning()
                && (before.getGranted() || (after != null && after.getHoldsSlot()))) {
            hearOfBeginning(queue, workflowId, before.getPartitionKey(), nowMs);
        }
        put(queue, workflowId, before, after);
        Waits waits = change.getWaits();
        if (waits != null && waits.getPreferredWorkerId() != null) {
            matchOne(waits.getPreferredWorkerId(), List.of(queue), nowMs);
        }
    }

    private static @Nullable QueueMember memberOf(QueueChange change) {
        Waits waits = change.getWaits();
        HoldsSlot holds = change.getHoldsSlot();
        if (waits == null && holds == null) {
            return null;
        }
        QueueMember member = new QueueMember();
        member.setTicket(change.getTicket());
        member.setWaits(waits);
        member.setHoldsSlot(waits == null || waits.getHoldsSlot());
        member.setPartitionKey(waits == null ? holds.getPartitionKey() : waits.getPartitionKey());
        member.setWorkerId(waits == null ? holds.getWorkerId() : null);
        return member;
    }

    /** A worker tells that the code of a workflow has begun. */
    public void onBegun(String workerId, WorkflowBegun begun, long nowMs) {
        HomeQueue queue = queues.get(begun.getQueue());
        QueueMember before = queue == null ? null : stores.members().find(queue.name(), begun.getWorkflowId());
        boolean expected = before != null
                && before.getBeginning()
                && before.getNumber() == begun.getNumber()
                && workerId.equals(before.getWorkerId());
        if (expected) {
            hearOfBeginning(queue, begun.getWorkflowId(), before.getPartitionKey(), nowMs);
            QueueMember after = copyOf(before);
            after.setBeginning(false);
            put(queue, begun.getWorkflowId(), before, after);
        }
    }

    private static QueueMember copyOf(QueueMember member) {
        QueueMember copy = new QueueMember();
        copy.setTicket(member.getTicket());
        copy.setWaits(member.getWaits());
        copy.setHoldsSlot(member.getHoldsSlot());
        copy.setPartitionKey(member.getPartitionKey());
        copy.setWorkerId(member.getWorkerId());
        copy.setNumber(member.getNumber());
        copy.setBeginning(member.getBeginning());
        copy.setGranted(member.getGranted());
        return copy;
    }

    private void put(HomeQueue queue, String workflowId, @Nullable QueueMember before, @Nullable QueueMember after) {
        queue.replace(workflowId, before, after);
        stores.members().put(queue.name(), workflowId, after);
    }

    private void hearOfBeginning(HomeQueue queue, String workflowId, @Nullable String partitionKey, long nowMs) {
        QueueStore.Begun beginning =
                new QueueStore.Begun(queue.name(), nowMs, workflowId, partitionKey == null ? "" : partitionKey);
        stores.queues().addBegun(beginning);
        countBegun(beginning);
    }

    private void countBegun(QueueStore.Begun beginning) {
        queue(beginning.queue()).heardOfBeginning(beginning.partitionKey(), beginning.atMs());
        begun.computeIfAbsent(beginning.queue(), unused -> new ArrayDeque<>()).addLast(beginning);
    }

    /** Changes the settings of a queue, which is there from now on. */
    void changeSettings(QueueSettings settings, long nowMs) {
        stores.queues().putSettings(settings);
        HomeQueue known = queues.get(settings.getQueue());
        if (known == null) {
            open(settings);
        } else if (known.regroups(settings)) {
            turns.remove(known);
            HomeQueue again = open(settings);
            stores.members().forEachOf(settings.getQueue(), (queue, id, member) -> again.replace(id, null, member));
            begun.getOrDefault(settings.getQueue(), new ArrayDeque<>())
                    .forEach(beginning -> again.heardOfBeginning(beginning.partitionKey(), beginning.atMs()));
        } else {
            known.changeSettings(settings);
        }
        post.publish(settings);
        dispatch(nowMs);
    }

    /** The settings of a queue that was declared; else null. */
    public @Nullable QueueSettings settings(String queue) {
        HomeQueue known = queues.get(queue);
        return known == null || known.settings().getRevision() == 0 ? null : known.settings();
    }

    /** The settings of all queues that were declared. */
    public List<QueueSettings> declared() {
        return queues.values().stream()
                .map(HomeQueue::settings)
                .filter(settings -> settings.getRevision() > 0)
                .toList();
    }

    /** How many workflows hold a slot of a queue. */
    public long slotsHeld(String queue) {
        HomeQueue known = queues.get(queue);
        return known == null ? 0 : known.slotsHeld();
    }

    /** Why nothing of a queue begins, in words; null where no limit of it is in the way. */
    public @Nullable String heldBackBy(String queue, long nowMs) {
        HomeQueue known = queues.get(queue);
        return known == null ? null : known.heldBackBy(nowMs);
    }

    /** Matches as long as anybody has credit, and anything may begin. */
    public void dispatch(long nowMs) {
        dispatch(waiting(), nowMs);
    }

    private void dispatch(List<HomeQueue> among, long nowMs) {
        List<String> workers = credits.workers();
        boolean matched = !among.isEmpty();
        while (matched) {
            matched = false;
            for (String workerId : workers) {
                matched |= matchOne(workerId, among, nowMs);
            }
        }
        matches.flush();
    }

    /** As {@link #dispatch}, where nothing but this worker's credit is new: the others have nothing to gain from it. */
    public void dispatchTo(String workerId, long nowMs) {
        List<HomeQueue> among = waiting();
        boolean matched = !among.isEmpty();
        while (matched) {
            matched = matchOne(workerId, among, nowMs);
        }
        matches.flush();
    }

    /** The queues on which anything waits. */
    private List<HomeQueue> waiting() {
        List<HomeQueue> waiting = new ArrayList<>();
        for (HomeQueue queue : turns) {
            if (queue.hasWaiting()) {
                waiting.add(queue);
            }
        }
        return waiting;
    }

    private boolean matchOne(String workerId, List<HomeQueue> among, long nowMs) {
        WorkerInfo worker = credits.ready(workerId);
        if (worker == null) {
            return false;
        }
        for (int i = 0; i < among.size(); i++) {
            turn = turn + 1 < among.size() ? turn + 1 : 0;
            HomeQueue queue = among.get(turn);
            LaneSet.Candidate next = worker.queues().contains(queue.name()) ? queue.nextFor(worker, nowMs) : null;
            if (next != null) {
                match(queue, next.waiting().workflowId(), workerId, nowMs);
                return true;
            }
        }
        return false;
    }

    private void match(HomeQueue queue, String workflowId, String workerId, long nowMs) {
        QueueMember before = stores.members().find(queue.name(), workflowId);
        if (before == null) {
            throw new IllegalStateException("workflow " + workflowId + " waits on queue " + queue.name()
                    + " and is not among its members: the counts do not fit the rows");
        }
        QueueMember after = copyOf(before);
        after.setWaits(null);
        after.setHoldsSlot(true);
        after.setWorkerId(workerId);
        after.setNumber(credits.grant(workerId, workflowId, queue.name(), nowMs));
        after.setGranted(false);
        after.setBeginning(!before.getHoldsSlot() && queue.countsBeginnings(before.getPartitionKey()));
        put(queue, workflowId, before, after);
        matches.add(workflowId, after);
    }

    /** A worker has not confirmed a match in time: it is told again, by way of the workflow's partition, or that there is none any more. */
    public void matchAgain(Credits.Unseen unseen) {
        String queue = Objects.requireNonNull(unseen.queue(), "a queue made the match");
        QueueMember member = stores.members().find(queue, unseen.workflowId());
        boolean stands = member != null
                && member.getNumber() == unseen.number()
                && unseen.workerId().equals(member.getWorkerId());
        if (stands) {
            matches.add(unseen.workflowId(), member);
        } else {
            post.send(Message.voidGrant(unseen.workerId(), partition, unseen.number()));
        }
        matches.flush();
    }

    /** How many more workflows a worker could have from here, if it had room. */
    public long wantedOf(WorkerInfo worker, long nowMs) {
        long wanted = 0;
        for (HomeQueue queue : turns) {
            wanted += queue.wantedOf(worker, nowMs);
        }
        return wanted;
    }

    /** Time goes by: rates let more begin, and what counts no more is cleared away. */
    public void tick(long nowMs) {
        if (nowMs - lastSweepMs >= SWEEP_MS) {
            lastSweepMs = nowMs;
            turns.forEach(queue -> sweep(queue, nowMs));
        }
        dispatch(nowMs);
    }

    private void sweep(HomeQueue queue, long nowMs) {
        queue.sweep(nowMs);
        Deque<QueueStore.Begun> counted = begun.getOrDefault(queue.name(), new ArrayDeque<>());
        while (!counted.isEmpty() && counted.peekFirst().atMs() <= nowMs - queue.longestPeriodMs()) {
            stores.queues().removeBegun(counted.pollFirst());
        }
    }

    private HomeQueue queue(String name) {
        HomeQueue known = queues.get(name);
        return known != null ? known : open(undeclared(name));
    }

    private HomeQueue open(QueueSettings settings) {
        HomeQueue queue = new HomeQueue(settings);
        queues.put(settings.getQueue(), queue);
        turns.add(queue);
        return queue;
    }

    private static QueueSettings undeclared(String name) {
        QueueSettings settings = new QueueSettings();
        settings.setQueue(name);
        return settings;
    }
}
