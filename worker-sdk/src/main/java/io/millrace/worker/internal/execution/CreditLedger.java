package io.millrace.worker.internal.execution;

import io.millrace.schemas.Credit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a worker's slots are: each is in use, or offered to one engine partition, or withdrawn from one and not yet certain to be
 * unused there. Their sum is always the number of slots; docs/protocol.md, "Credit", has the rules, and why they are so.
 *
 * <p>The partition of a slot is the one whose credit a grant uses, which for a queue with limits is not the workflow's.
 *
 * <p>Pure bookkeeping: no threads, no I/O, not thread-safe. Methods say what follows from the change.
 */
final class CreditLedger {
    /** More than any worker has slots, and small enough for the sum over all partitions to be an int. */
    private static final int MOST_WANTED = 200_000;

    private final Share[] shares;
    /** Partitions of grants beyond the slots, in the order in which they came. */
    private final Deque<Integer> waiting = new ArrayDeque<>();

    private long wants;
    private boolean stopped;

    /** One partition's part of the slots. */
    private static final class Share {
        int offered;
        int withdrawn;
        int inUse;
        boolean askToSettle;
        /** A withdrawal was announced, and the answer is not there; not there at the last refresh either. */
        boolean unsettled;

        boolean overdue;

        /** There is an answer: everything is settled when no grant up to this number is missing. */
        OptionalLong settlesAt = OptionalLong.empty();

        final GrantNumbers numbers = new GrantNumbers();
        /** How many it could grant when it said so, less those that it has granted since. */
        int wanted;

        /** It had a slot at the last refresh, and has not used one since. */
        boolean idle;

        /** Its place in the line of those that want. */
        long wantedSince;

        int held() {
            return offered + inUse;
        }

        int missing() {
            return Math.max(0, wanted - offered);
        }

        @Override
        public String toString() {
            return "offered " + offered + ", in use " + inUse + ", withdrawn " + withdrawn
                    + (unsettled ? " and unsettled" : "") + ", wanted " + wanted + ", seen " + numbers;
        }
    }

    /**
     * What is to be done after a change.
     *
     * @param report the partitions that are to be sent their new credit
     * @param begin how many of the grants that wait for a slot can begin, oldest first
     */
    record Effects(Set<Integer> report, int begin) {
        /** The same, where this partition is told by other means. */
        Effects except(int partition) {
            Set<Integer> others = new TreeSet<>(report);
            others.remove(partition);
            return new Effects(others, begin);
        }
    }

    /**
     * All slots are offered.
     *
     * @param offset which partition is the first to get one of those that do not divide evenly; differs from worker to worker
     */
    CreditLedger(int slots, int partitions, int offset) {
        shares = new Share[partitions];
        for (int p = 0; p < partitions; p++) {
            shares[p] = new Share();
            shares[p].offered = slots / partitions;
        }
        for (int i = 0; i < slots % partitions; i++) {
            shares[Math.floorMod(offset + i, partitions)].offered++;
        }
    }

    int partitions() {
        return shares.length;
    }

    /**
     * What the partition is to be told now. The engine takes each grant behind the first missing one to be under way, and takes a free slot off
     * for it. Those of them that are here have their slots already, so they are added.
     */
    Credit report(int partition) {
        Share share = shares[partition];
        boolean settle = share.askToSettle;
        share.askToSettle = false;
        int free = share.offered + share.numbers.ahead();
        return new Credit(share.numbers.complete(), stopped ? 0 : free, settle);
    }

    /**
     * To be called now and then, before every partition is told its credit; what is said here holds from one call to the next. A withdrawal
     * that is not answered is asked about again: the question or its answer may have been lost. A partition that has a slot and does not
     * use it wants none. Grants that are missing for too long are given up.
     */
    Effects refresh() {
        Set<Integer> changed = new TreeSet<>();
        int begin = 0;
        for (Share share : shares) {
            share.askToSettle |= share.overdue;
            share.overdue = share.unsettled && share.settlesAt.isEmpty();
            if (share.idle) {
                share.wanted = 0;
            }
            share.idle = share.offered > 0;
            share.numbers.refresh(share.settlesAt.orElse(0));
            begin += settleIfComplete(share, changed);
        }
        rebalance(changed);
        return new Effects(changed, begin);
    }

    /** Whether this partition may have made a grant of this number by now. */
    boolean mayBeGrant(int partition, long number) {
        return shares[partition].numbers.mayBe(number);
    }

    /**
     * A grant with this number is there in full, or will never come. One that is to have a slot must {@link #take} it before there is a report, which
     * would offer the slot to another one, and before {@link #settleIfComplete}, which would give it away.
     */
    void sawGrant(int partition, long number) {
        shares[partition].numbers.saw(number);
    }

    /** What follows when the grants that have come are the last that a withdrawal waits for. */
    Effects settleIfComplete(int partition) {
        Set<Integer> changed = new TreeSet<>();
        int begin = settleIfComplete(shares[partition], changed);
        rebalance(changed);
        return new Effects(changed, begin);
    }

    /**
     * An execution of this partition's is to begin.
     *
     * @return empty if there is no slot for it: then it must wait for a {@link Effects#begin}
     */
    Optional<Effects> take(int partition) {
        Share share = shares[partition];
        if (share.offered > 0) {
            share.offered--;
        } else if (share.withdrawn > 0) {
            share.withdrawn--;
        } else {
            waiting.add(partition);
            return Optional.empty();
        }
        share.inUse++;
        share.wanted = Math.max(0, share.wanted - 1);
        share.idle = false;
        return Optional.of(new Effects(Set.of(), 0));
    }

    /** Looks for slots for the grants that wait, among those that are offered and idle. */
    Effects seek() {
        Set<Integer> changed = new TreeSet<>();
        rebalance(changed);
        return new Effects(changed, 0);
    }

    /** An execution of this partition's has ended. Its slot goes on here, or where it is needed more. */
    Effects free(int partition) {
        Set<Integer> changed = new TreeSet<>();
        changed.add(partition);
        Share own = shares[partition];
        own.inUse--;
        boolean ownIsIdle = own.wanted == 0 && own.offered > 0;
        // Another one gets it if this one leaves a slot idle anyway, or has no less than the other.
        int receiver = neediest()
                .filter(p -> ownIsIdle || shares[p].held() <= own.held())
                .orElse(partition);
        int begin = assign(receiver, changed);
        rebalance(changed);
        return new Effects(changed, begin);
    }

    /** The dispatcher of this partition has so many workflows for this worker, and no credit. */
    Effects want(int partition, int count) {
        Set<Integer> changed = new TreeSet<>();
        changed.add(partition);
        Share share = shares[partition];
        if (share.wanted == 0) {
            share.wantedSince = ++wants;
        }
        share.wanted = Math.min(count, MOST_WANTED);
        share.idle = false;
        rebalance(changed);
        return new Effects(changed, 0);
    }

    /**
     * The answer to a withdrawal: this partition has granted up to this number, and no more than was left after it. The grants themselves may
     * come later, by other ways. Until then they may need the slots, which are free only when none is missing.
     */
    Effects settled(int partition, long granted) {
        Share share = shares[partition];
        if (share.unsettled) {
            // Of two answers the later one counts: the first may be to an earlier question, or of an aborted
            // transaction.
            share.settlesAt = OptionalLong.of(granted);
        }
        return settleIfComplete(partition);
    }

    private int settleIfComplete(Share share, Set<Integer> changed) {
        if (share.settlesAt.isEmpty() || share.settlesAt.getAsLong() > share.numbers.complete()) {
            return 0;
        }
        share.settlesAt = OptionalLong.empty();
        share.unsettled = false;
        share.overdue = false;
        int begin = 0;
        for (; share.withdrawn > 0; share.withdrawn--) {
            begin += assign(neediest().orElseGet(this::poorest), changed);
        }
        return begin;
    }

    /** No more is offered from here on. */
    void stop() {
        stopped = true;
    }

    /** Gives a slot that nobody has to a grant that waits, else to this partition. Returns how many grants can begin. */
    private int assign(int partition, Set<Integer> changed) {
        Integer first = waiting.poll();
        if (first != null) {
            shares[first].inUse++;
            return 1;
        }
        Share share = shares[partition];
        share.offered++;
        // To the end of the line, so that others have their turn.
        share.wantedSince = ++wants;
        changed.add(partition);
        return 0;
    }

    /** Of the partitions that want slots the one that has the fewest, and of those the first in line. */
    private Optional<Integer> neediest() {
        return all().filter(p -> shares[p].missing() > 0)
                .min(Comparator.<Integer>comparingInt(p -> shares[p].held())
                        .thenComparingLong(p -> shares[p].wantedSince));
    }

    private int poorest() {
        return all().min(Comparator.comparingInt(p -> shares[p].held())).orElseThrow();
    }

    /** Begins to withdraw idle slots where others need them. */
    private void rebalance(Set<Integer> changed) {
        int needed =
                waiting.size() + Arrays.stream(shares).mapToInt(Share::missing).sum();
        if (needed == 0) {
            return;
        }
        int coming = Arrays.stream(shares).mapToInt(share -> share.withdrawn).sum();
        // No slot is kept idle while somebody waits, not even a partition's last; the richest gives first.
        withdraw(needed - coming, p -> shares[p].offered > shares[p].wanted, changed);
    }

    /** Withdraws from the richest first. A partition whose last withdrawal is not settled is left: answers look alike. */
    private void withdraw(int count, IntPredicate donors, Set<Integer> changed) {
        Set<Integer> from = new TreeSet<>();
        for (int taken = 0; taken < count; taken++) {
            Optional<Integer> richest = all().filter(donors::test)
                    .filter(p -> !shares[p].unsettled || from.contains(p))
                    .max(Comparator.comparingInt(p -> shares[p].offered));
            if (richest.isEmpty()) {
                break;
            }
            Share donor = shares[richest.get()];
            donor.offered--;
            donor.withdrawn++;
            donor.askToSettle = true;
            donor.unsettled = true;
            from.add(richest.get());
        }
        changed.addAll(from);
    }

    private Stream<Integer> all() {
        return IntStream.range(0, shares.length).boxed();
    }

    /** Slots in use, offered and withdrawn: always as many as there are. For tests. */
    int total() {
        return Arrays.stream(shares)
                .mapToInt(share -> share.inUse + share.offered + share.withdrawn)
                .sum();
    }

    /** How many slots this partition's dispatcher may fill before it learns that they are withdrawn. For tests. */
    int open(int partition) {
        return shares[partition].offered + shares[partition].withdrawn;
    }

    /** How many of this partition's executions have a slot. For tests. */
    int inUse(int partition) {
        return shares[partition].inUse;
    }

    @Override
    public String toString() {
        return Arrays.toString(shares) + ", waiting " + waiting;
    }
}
