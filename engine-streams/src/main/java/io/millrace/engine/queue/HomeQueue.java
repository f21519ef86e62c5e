package io.millrace.engine.queue;

import io.millrace.engine.dispatch.Lane;
import io.millrace.engine.dispatch.Waiting;
import io.millrace.engine.dispatch.WorkerInfo;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.RateLimit;
import io.millrace.schemas.Waits;
import io.millrace.schemas.store.QueueMember;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One queue at its home: who of those that it knows may go next. All that is counted here is the sum over its members, and changes only with them: see
 * {@link #replace}. So what a member has taken is given back when that member changes, once, whatever made it change.
 */
final class HomeQueue {
    private static final String NO_KEY = "";

    /** Most that a worker is asked to make room for at once; it is asked again. Counted key by key, of which there may be a hundred thousand. */
    private static final long MAX_WANTED = 1_000;

    private final String name;
    private QueueSettings settings;
    private long slots;
    private final RateWindow rate = new RateWindow();
    private final Map<String, Integer> byWorker = new HashMap<>();

    /** Those that have a slot and wait for a worker again: they go before all others, and need no other leave. */
    private final LaneSet begun = new LaneSet();

    /** How many wait that have not begun, by what a worker must have to run them. */
    private final Map<Lane, Integer> newByKind = new HashMap<>();

    private final Map<String, KeyGroup> groups = new HashMap<>();

    /** The keys whose turn it is, in this order, as far as they have somebody who waits and is not held back by a limit of the key. */
    private final Set<KeyGroup> line = new LinkedHashSet<>();

    /** Keys that are held back by their rate, by when that is over. */
    private final PriorityQueue<HeldBack> heldBack = new PriorityQueue<>(Comparator.comparingLong(HeldBack::untilMs));

    private record HeldBack(KeyGroup group, long untilMs) {}

    HomeQueue(QueueSettings settings) {
        this.name = settings.getQueue();
        this.settings = settings;
        rate.setLimit(settings.getRateLimit());
    }

    String name() {
        return name;
    }

    QueueSettings settings() {
        return settings;
    }

    long slotsHeld() {
        return slots;
    }

    /** How many keys it remembers something of. For tests. */
    int keys() {
        return groups.size();
    }

    /** Whether its members have to be counted anew under these settings, because they belong to other groups then. */
    boolean regroups(QueueSettings next) {
        return next.getPartitioned() != settings.getPartitioned();
    }

    void changeSettings(QueueSettings next) {
        settings = next;
        rate.setLimit(next.getRateLimit());
        for (KeyGroup group : groups.values()) {
            group.rate().setLimit(next.getPartitionRateLimit());
            lineUp(group);
        }
    }

    /** A workflow of the queue is as {@code after} says, and no more as {@code before} said; null where the queue does not know it. */
    void replace(String workflowId, @Nullable QueueMember before, @Nullable QueueMember after) {
        if (before != null) {
            count(workflowId, before, -1);
        }
        if (after != null) {
            count(workflowId, after, 1);
        }
    }

    private void count(String workflowId, QueueMember member, int sign) {
        KeyGroup group = group(member.getPartitionKey());
        if (member.getHoldsSlot()) {
            slots += sign;
            group.countSlots(sign);
        }
        if (member.getWorkerId() != null) {
            byWorker.merge(member.getWorkerId(), sign, (many, change) -> many + change == 0 ? null : many + change);
        }
        if (member.getBeginning()) {
            takeOrGiveBack(group, sign);
        }
        if (member.getWaits() != null) {
            LaneSet waiting = member.getHoldsSlot() ? begun : group.waiting();
            LaneSet.Candidate candidate = candidateOf(workflowId, member.getWaits(), member.getHoldsSlot());
            if (sign > 0) {
                waiting.add(candidate);
            } else {
                waiting.remove(candidate);
            }
            if (!member.getHoldsSlot()) {
                Lane kind = new Lane(
                        name,
                        member.getWaits().getWorkflowType(),
                        member.getWaits().getApplicationVersion());
                newByKind.merge(kind, sign, (many, change) -> many + change == 0 ? null : many + change);
            }
        }
        lineUp(group);
    }

    /** Whether anything waits. */
    boolean hasWaiting() {
        return !newByKind.isEmpty() || !begun.isEmpty();
    }

    /** Whether anything that has not begun waits that this worker can run: so that nobody looks for it, key by key, in vain. */
    private boolean hasNewFor(WorkerInfo worker) {
        for (Lane kind : newByKind.keySet()) {
            if (worker.canRun(kind)) {
                return true;
            }
        }
        return false;
    }

    private void takeOrGiveBack(KeyGroup group, int sign) {
        if (sign > 0) {
            rate.take();
            group.rate().take();
        } else {
            rate.giveBack();
            group.rate().giveBack();
        }
    }

    private LaneSet.Candidate candidateOf(String workflowId, Waits waits, boolean holdsSlot) {
        Lane lane = new Lane(
                name,
                waits.getWorkflowType(),
                waits.getApplicationVersion(),
                waits.getPartitionKey(),
                holdsSlot ? Lane.Rank.BEGUN : Lane.Rank.NEW);
        return new LaneSet.Candidate(lane, new Waiting(waits.getPriority(), waits.getQueueOrder(), workflowId));
    }

    /** A workflow that was matched has begun, as is heard now; to be called before its member changes to one that is not beginning. */
    void heardOfBeginning(@Nullable String partitionKey, long atMs) {
        KeyGroup group = group(partitionKey);
        // The member gives its permit back when it changes; what it has used is kept here.
        rate.heardOf(atMs);
        group.rate().heardOf(atMs);
    }

    /** After so long a beginning counts no more, in milliseconds; 0 where none counts. */
    long longestPeriodMs() {
        long own = settings.getRateLimit() == null ? 0 : settings.getRateLimit().getPeriodMs();
        RateLimit ofKeys = settings.getPartitionRateLimit();
        return ofKeys == null ? own : Math.max(own, ofKeys.getPeriodMs());
    }

    /** To be called now and then: keys come and go, and of one that has nothing here any more nothing is kept. */
    void sweep(long nowMs) {
        // Else they leave the line only when it comes to them, which takes a worker with credit.
        line.removeIf(group -> {
            group.setInLine(!group.waiting().isEmpty());
            return !group.isInLine();
        });
        groups.values().removeIf(group -> {
            group.rate().permits(nowMs);
            return group.isUnused();
        });
    }

    /** Whether a beginning of this key counts against a rate. */
    boolean countsBeginnings(@Nullable String partitionKey) {
        return rate.hasLimit() || group(partitionKey).rate().hasLimit();
    }

    /** The workflow whose turn it is, of those that this worker can run; null where none may begin there now. */
    LaneSet.@Nullable Candidate nextFor(WorkerInfo worker, long nowMs) {
        if (isFull(worker)) {
            return null;
        }
        LaneSet.Candidate again = begun.first(worker);
        if (again != null || openSlots() <= 0 || rate.permits(nowMs) <= 0 || !hasNewFor(worker)) {
            return again;
        }
        letGoOn(nowMs);
        for (int left = line.size(); left > 0; left--) {
            KeyGroup group = line.iterator().next();
            line.remove(group);
            if (!mayBegin(group, nowMs)) {
                leaveLine(group);
                continue;
            }
            line.add(group);
            LaneSet.Candidate first = group.waiting().first(worker);
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** How many more workflows this worker could have from here now, if it had room. */
    long wantedOf(WorkerInfo worker, long nowMs) {
        if (isFull(worker) || !worker.queues().contains(name)) {
            return 0;
        }
        long open = Math.min(openSlots(), rate.permits(nowMs));
        long wanted = begun.count(worker, Integer.MAX_VALUE);
        if (open > 0 && hasNewFor(worker)) {
            letGoOn(nowMs);
            wanted += firstOf(worker, Math.min(open, MAX_WANTED), nowMs);
        }
        return Math.min(wanted, openSlotsOf(worker));
    }

    /** How many that have not begun this worker could have, or {@code limit} where it is more. */
    private long firstOf(WorkerInfo worker, long limit, long nowMs) {
        long first = 0;
        Iterator<KeyGroup> next = line.iterator();
        while (next.hasNext() && first < limit) {
            KeyGroup group = next.next();
            if (mayBegin(group, nowMs)) {
                first += group.waiting().count(worker, openSlotsOf(group));
            } else {
                // Else they are passed over each time, until there is a worker with credit to whom nextFor shows them.
                next.remove();
                leaveLine(group);
            }
        }
        return Math.min(limit, first);
    }

    /** Why nothing new begins, in words; null where nothing waits, or no limit of the queue is in the way. */
    @Nullable
    String heldBackBy(long nowMs) {
        if (newByKind.isEmpty()) {
            return null;
        }
        if (openSlots() <= 0) {
            return "a free slot: its concurrency is " + settings.getConcurrency() + ", and " + slots + " are held";
        }
        if (rate.permits(nowMs) <= 0) {
            return "its rate limit of " + settings.getRateLimit().getPermits() + " in "
                    + settings.getRateLimit().getPeriodMs() + " ms";
        }
        return line.isEmpty() ? "the limits of its partition keys" : null;
    }

    private long openSlots() {
        return settings.getConcurrency() == null ? Long.MAX_VALUE : settings.getConcurrency() - slots;
    }

    private long openSlotsOf(WorkerInfo worker) {
        return settings.getWorkerConcurrency() == null
                ? Long.MAX_VALUE
                : settings.getWorkerConcurrency() - byWorker.getOrDefault(worker.id(), 0);
    }

    private long openSlotsOf(KeyGroup group) {
        return settings.getPartitionConcurrency() == null
                ? Long.MAX_VALUE
                : settings.getPartitionConcurrency() - group.slots();
    }

    private boolean isFull(WorkerInfo worker) {
        return openSlotsOf(worker) <= 0;
    }

    private boolean mayBegin(KeyGroup group, long nowMs) {
        return !group.waiting().isEmpty()
                && openSlotsOf(group) > 0
                && group.rate().permits(nowMs) > 0;
    }

    /** It comes back when one of its members changes, or its time has come. */
    private void leaveLine(KeyGroup group) {
        group.setInLine(false);
        long untilMs = group.rate().nextPermitAtMs();
        if (!group.waiting().isEmpty() && openSlotsOf(group) > 0 && untilMs != Long.MAX_VALUE) {
            if (group.heldBackUntilMs() != untilMs) {
                group.setHeldBackUntilMs(untilMs);
                heldBack.add(new HeldBack(group, untilMs));
            }
        }
    }

    private void letGoOn(long nowMs) {
        while (!heldBack.isEmpty() && heldBack.peek().untilMs() <= nowMs) {
            KeyGroup group = heldBack.poll().group();
            group.setHeldBackUntilMs(Long.MIN_VALUE);
            lineUp(group);
        }
    }

    private void lineUp(KeyGroup group) {
        if (!group.isInLine() && !group.waiting().isEmpty()) {
            group.setInLine(true);
            line.add(group);
        }
    }

    private KeyGroup group(@Nullable String partitionKey) {
        String key = settings.getPartitioned() && partitionKey != null ? partitionKey : NO_KEY;
        return groups.computeIfAbsent(key, unused -> {
            KeyGroup group = new KeyGroup();
            group.rate().setLimit(settings.getPartitionRateLimit());
            return group;
        });
    }
}
