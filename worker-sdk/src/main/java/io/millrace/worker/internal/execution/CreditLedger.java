package io.millrace.worker.internal.execution;

import io.millrace.schemas.Credit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a worker's slots are: each is in use, or offered to one engine partition, or withdrawn from one and not yet certain to be
 * unused there. Their sum is always the number of slots; docs/protocol.md, "Credit", has the rules, and why they are so.
 *
 * <p>Pure bookkeeping: no threads, no I/O, not thread-safe. Methods say what follows from the change.
 */
final class CreditLedger {
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
        long grantsSeen;
        /** How many it could grant and has no slot for, and since when it says so. */
        int wanted;

        long wantedSince;

        int held() {
            return offered + inUse;
        }
    }

    /**
     * What is to be done after a change.
     *
     * @param report the partitions that are to be sent their new credit
     * @param begin how many of the grants that wait for a slot can begin, oldest first
     */
    record Effects(Set<Integer> report, int begin) {}

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

    /** What the partition is to be told now. */
    Credit report(int partition) {
        Share share = shares[partition];
        boolean settle = share.askToSettle;
        share.askToSettle = false;
        return new Credit(share.grantsSeen, stopped ? 0 : share.offered, settle);
    }

    /** Withdrawals that were not settled are asked for again with the next reports: a question or its answer may have been lost. */
    void askAgain() {
        for (Share share : shares) {
            share.askToSettle = share.withdrawn > 0;
        }
    }

    /** A grant with this number is there in full. */
    void sawGrant(int partition, long number) {
        shares[partition].grantsSeen = Math.max(shares[partition].grantsSeen, number);
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
        return Optional.of(new Effects(Set.of(), 0));
    }

    /** Looks for slots for the grants that wait, among those that are offered and idle. */
    Effects seekForWaiting() {
        Set<Integer> changed = new TreeSet<>();
        if (!waiting.isEmpty()) {
            withdraw(waiting.size() - withdrawnInAll(), p -> true, changed);
        }
        return new Effects(changed, 0);
    }

    /** An execution of this partition's has ended. Its slot goes on here, or where it is needed more. */
    Effects free(int partition) {
        Set<Integer> changed = new TreeSet<>();
        changed.add(partition);
        Share share = shares[partition];
        share.inUse--;
        int begin = assign(partition, changed);
        return new Effects(changed, begin);
    }

    /** The dispatcher of this partition has so many workflows for this worker, and no credit. */
    Effects want(int partition, int count) {
        Set<Integer> changed = new TreeSet<>();
        changed.add(partition);
        Share share = shares[partition];
        int missing = Math.max(0, count - share.offered);
        if (missing > 0 && share.wanted == 0) {
            share.wantedSince = ++wants;
        }
        share.wanted = missing;
        IntPredicate idleElsewhere = p -> p != partition && shares[p].wanted == 0;
        int coming = withdrawnInAll();
        int taken = withdraw(missing - coming, p -> idleElsewhere.test(p) && shares[p].offered > 1, changed);
        // A partition's only slot spares its next workflow a round trip, so it is taken only for one that has none at
        // all.
        if (missing > 0 && share.held() == 0 && coming + taken == 0) {
            withdraw(1, idleElsewhere, changed);
        }
        return new Effects(changed, 0);
    }

    /** All grants of this partition up to this number were sent before this message. */
    Effects settled(int partition, long granted) {
        Share share = shares[partition];
        if (granted > share.grantsSeen) {
            // One of them was lost on its way and comes again: its slot is not free. The next heartbeat asks again.
            return new Effects(Set.of(), 0);
        }
        Set<Integer> changed = new TreeSet<>();
        int begin = 0;
        for (; share.withdrawn > 0; share.withdrawn--) {
            begin += assign(poorest(), changed);
        }
        return new Effects(changed, begin);
    }

    /** No more is offered from here on. */
    void stop() {
        stopped = true;
    }

    /** Gives a slot that nobody has to a grant that waits, else to the partition that needs it most, else to the one named. */
    private int assign(int home, Set<Integer> changed) {
        Integer first = waiting.poll();
        if (first != null) {
            shares[first].inUse++;
            return 1;
        }
        int receiver = neediest(home);
        Share share = shares[receiver];
        share.offered++;
        share.wanted = Math.max(0, share.wanted - 1);
        changed.add(receiver);
        return 0;
    }

    /**
     * The partition that wants slots, has the fewest, and said so first; unless the slot's own one has fewer still and is using
     * what it has.
     */
    private int neediest(int home) {
        Share own = shares[home];
        boolean ownIsIdle = own.wanted == 0 && own.offered > 0;
        return all().filter(p -> shares[p].wanted > 0)
                .min(Comparator.<Integer>comparingInt(p -> shares[p].held())
                        .thenComparingLong(p -> shares[p].wantedSince))
                .filter(p -> ownIsIdle || shares[p].held() <= own.held())
                .orElse(home);
    }

    private int poorest() {
        return all().min(Comparator.comparingInt(p -> shares[p].held())).orElseThrow();
    }

    /**
     * Withdraws idle slots, from the richest first. A partition with a withdrawal that is not settled is left alone: its
     * answer could not be told from that to a second one.
     */
    private int withdraw(int count, IntPredicate donors, Set<Integer> changed) {
        Set<Integer> from = new TreeSet<>();
        int taken = 0;
        while (taken < count) {
            Optional<Integer> richest = all().filter(p -> shares[p].offered > 0 && donors.test(p))
                    .filter(p -> shares[p].withdrawn == 0 || from.contains(p))
                    .max(Comparator.comparingInt(p -> shares[p].offered));
            if (richest.isEmpty()) {
                break;
            }
            Share donor = shares[richest.get()];
            donor.offered--;
            donor.withdrawn++;
            donor.askToSettle = true;
            from.add(richest.get());
            taken++;
        }
        changed.addAll(from);
        return taken;
    }

    private Stream<Integer> all() {
        return IntStream.range(0, shares.length).boxed();
    }

    private int withdrawnInAll() {
        return Arrays.stream(shares).mapToInt(share -> share.withdrawn).sum();
    }

    /** Slots in use, offered and withdrawn: always as many as there are. For tests. */
    int total() {
        return Arrays.stream(shares)
                .mapToInt(share -> share.inUse + share.offered + share.withdrawn)
                .sum();
    }

    /** How many of this partition's executions have a slot. For tests. */
    int inUse(int partition) {
        return shares[partition].inUse;
    }
}
