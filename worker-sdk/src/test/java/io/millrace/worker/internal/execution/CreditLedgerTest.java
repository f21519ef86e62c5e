package io.millrace.worker.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Credit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreditLedgerTest {
    private static int[] offers(CreditLedger ledger, int partitions) {
        return IntStream.range(0, partitions)
                .map(p -> ledger.report(p).getFree())
                .toArray();
    }

    private static void assertOffers(CreditLedger ledger, int... expected) {
        org.junit.jupiter.api.Assertions.assertArrayEquals(expected, offers(ledger, expected.length));
    }

    @Test
    void shouldShareSlotsEvenlyFromADifferentPartitionForEachWorker() {
        assertOffers(new CreditLedger(10, 4, 0), 3, 3, 2, 2);
        assertOffers(new CreditLedger(10, 4, 3), 3, 2, 2, 3);
        assertOffers(new CreditLedger(2, 4, 1), 0, 1, 1, 0);
        assertOffers(new CreditLedger(4, 4, Integer.MIN_VALUE), 1, 1, 1, 1);
    }

    @Test
    void shouldGiveASlotBackWhereItCameFrom() {
        CreditLedger ledger = new CreditLedger(4, 2, 0);
        ledger.sawGrant(0, 1);
        assertTrue(ledger.take(0).isPresent());
        assertEquals(new Credit(1L, 1, false), ledger.report(0));
        assertEquals(Set.of(0), ledger.free(0).report());
        assertEquals(new Credit(1L, 2, false), ledger.report(0));
    }

    @Test
    void shouldMoveIdleSlotsOnlyWhenTheyAreSettled() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        assertEquals(Set.of(0, 1), ledger.want(0, 10).report());
        assertEquals(new Credit(0L, 0, true), ledger.report(1), "none stays idle while somebody waits");
        assertEquals(4, ledger.report(0).getFree());
        assertEquals(Set.of(0), ledger.settled(1, 0).report());
        assertEquals(8, ledger.report(0).getFree());
        assertEquals(new Credit(0L, 0, false), ledger.report(1));
    }

    @Test
    void shouldTakeGrantsThatCrossedAWithdrawalFromTheWithdrawnSlots() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.want(0, 10);
        for (long number = 1; number <= 3; number++) {
            ledger.sawGrant(1, number);
            assertTrue(ledger.take(1).isPresent());
        }
        ledger.settled(1, 3);
        assertEquals(5, ledger.report(0).getFree(), "of four withdrawn slots one was left");
        assertEquals(8, ledger.total());
    }

    @Test
    void shouldNotBelieveASettlementWhoseGrantsAreNotThere() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.want(0, 10);
        ledger.settled(1, 1);
        assertEquals(4, ledger.report(0).getFree());
        ledger.report(1);
        ledger.refresh();
        ledger.refresh();
        assertTrue(ledger.report(1).getSettle());
    }

    @Test
    void shouldTakeTheOnlySlotsForAPartitionThatHasNone() {
        CreditLedger ledger = new CreditLedger(2, 4, 0);
        assertEquals(Set.of(0, 1, 2), ledger.want(2, 5).report());
        ledger.settled(0, 0);
        assertEquals(1, ledger.report(2).getFree());
        ledger.settled(1, 0);
        assertEquals(2, ledger.report(2).getFree());
        assertEquals(2, ledger.total());
    }

    @Test
    void shouldRotateAFreedSlotToWhoeverWantsAndHasLess() {
        CreditLedger ledger = new CreditLedger(1, 3, 0);
        ledger.take(0);
        ledger.want(1, 5);
        ledger.want(2, 5);
        assertEquals(Set.of(0, 1), ledger.free(0).report());
        ledger.take(1);
        ledger.want(0, 5);
        assertEquals(Set.of(1, 2), ledger.free(1).report(), "2 has waited longer than 0");
        ledger.take(2);
        assertEquals(Set.of(2, 1), ledger.free(2).report(), "1 still wants, since before 0");
    }

    @Test
    void shouldLetAGrantBeyondTheSlotsWaitForTheNext() {
        CreditLedger ledger = new CreditLedger(1, 2, 0);
        assertTrue(ledger.take(0).isPresent());
        assertTrue(ledger.take(1).isEmpty());
        CreditLedger.Effects effects = ledger.free(0);
        assertEquals(1, effects.begin());
        assertEquals(1, ledger.inUse(1));
        assertEquals(1, ledger.total());
    }

    @Test
    void shouldOfferNothingWhenItHasStopped() {
        CreditLedger ledger = new CreditLedger(4, 2, 0);
        ledger.stop();
        assertOffers(ledger, 0, 0);
    }

    /** A dispatcher for each partition, as the protocol describes it, with messages under way in both directions. */
    private static final class Dispatchers {
        final Random random;
        final CreditLedger ledger;
        final int slots;
        final int partitions;
        final long[] granted;
        final Map<Integer, Credit> known = new HashMap<>();
        final int[] backlog;
        final Map<Integer, Deque<Credit>> toEngine = new HashMap<>();
        final Deque<Runnable> toWorker = new ArrayDeque<>();
        final Deque<Integer> running = new ArrayDeque<>();
        final int[] served;
        final boolean[] asked;

        Dispatchers(long seed, int slots, int partitions) {
            this.random = new Random(seed);
            this.slots = slots;
            this.partitions = partitions;
            this.ledger = new CreditLedger(slots, partitions, random.nextInt());
            this.granted = new long[partitions];
            this.backlog = new int[partitions];
            this.served = new int[partitions];
            this.asked = new boolean[partitions];
            for (int p = 0; p < partitions; p++) {
                toEngine.put(p, new ArrayDeque<>());
                report(p);
            }
        }

        void report(int partition) {
            toEngine.get(partition).add(ledger.report(partition));
        }

        void apply(CreditLedger.Effects effects) {
            effects.report().forEach(this::report);
            assertEquals(0, effects.begin(), "nothing ever waits while no transaction is aborted");
        }

        /** The engine reads one record of this partition, and grants what it may. */
        void engineReads(int partition) {
            Credit credit = toEngine.get(partition).poll();
            if (credit != null) {
                known.put(partition, credit);
                if (credit.getSettle()) {
                    long all = granted[partition];
                    toWorker.add(() -> apply(ledger.settled(partition, all)));
                }
            }
            dispatch(partition);
        }

        void dispatch(int partition) {
            Credit credit = known.get(partition);
            long may = credit == null ? 0 : credit.getFree() - (granted[partition] - credit.getGrantsSeen());
            for (; may > 0 && backlog[partition] > 0; may--, backlog[partition]--) {
                long number = ++granted[partition];
                asked[partition] = false;
                toWorker.add(() -> receive(partition, number));
            }
            // It asks once, and not again until it could grant something.
            if (backlog[partition] > 0 && !asked[partition]) {
                asked[partition] = true;
                int wanted = backlog[partition];
                toWorker.add(() -> apply(ledger.want(partition, wanted)));
            }
        }

        void receive(int partition, long number) {
            ledger.sawGrant(partition, number);
            assertTrue(ledger.take(partition).isPresent(), "a grant beyond the slots");
            running.add(partition);
            served[partition]++;
            assertTrue(running.size() <= slots);
        }

        void oneEndsIfAny() {
            Integer partition = running.poll();
            if (partition != null) {
                apply(ledger.free(partition));
            }
        }

        void step() {
            int partition = random.nextInt(partitions);
            switch (random.nextInt(4)) {
                case 0 -> backlog[partition] += random.nextInt(3);
                case 1 -> engineReads(partition);
                case 2 -> {
                    Runnable message = toWorker.poll();
                    if (message != null) {
                        message.run();
                    }
                }
                default -> oneEndsIfAny();
            }
            assertEquals(slots, ledger.total(), "slots in use, offered and withdrawn");
        }

        void heartbeat() {
            ledger.refresh();
            IntStream.range(0, partitions).forEach(this::report);
        }

        void runDry() {
            for (int round = 0; round < 10_000; round++) {
                if (round % 1_000 == 0) {
                    heartbeat();
                }
                for (int p = 0; p < partitions; p++) {
                    do {
                        engineReads(p);
                    } while (!toEngine.get(p).isEmpty());
                }
                while (!toWorker.isEmpty()) {
                    toWorker.poll().run();
                }
                oneEndsIfAny();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 4", "5, 4", "4, 4", "3, 8", "1, 8", "1, 1", "100, 7"})
    void shouldNeverRunMoreThanItsSlotsAndNeverStarveAPartition(int slots, int partitions) {
        for (int run = 0; run < 20; run++) {
            long seed = System.nanoTime() + run;
            Dispatchers dispatchers = new Dispatchers(seed, slots, partitions);
            try {
                for (int i = 0; i < 2_000; i++) {
                    dispatchers.step();
                }
                dispatchers.runDry();
                assertEquals(
                        0,
                        IntStream.of(dispatchers.backlog).sum(),
                        "left in the backlogs, with " + dispatchers.ledger
                                + java.util.Arrays.toString(dispatchers.backlog) + dispatchers.known
                                + java.util.Arrays.toString(dispatchers.granted)
                                + java.util.Arrays.toString(dispatchers.asked));
            } catch (AssertionError e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void shouldServeBusyPartitionsAlike() {
        Dispatchers dispatchers = new Dispatchers(11, 6, 3);
        dispatchers.backlog[0] = 100_000;
        dispatchers.backlog[1] = 100_000;
        for (int round = 0; round < 3_000; round++) {
            dispatchers.engineReads(round % 3);
            while (!dispatchers.toWorker.isEmpty()) {
                dispatchers.toWorker.poll().run();
            }
            dispatchers.oneEndsIfAny();
        }
        double ratio = (double) dispatchers.served[0] / dispatchers.served[1];
        assertTrue(ratio > 0.8 && ratio < 1.25, "served " + dispatchers.served[0] + " and " + dispatchers.served[1]);
    }
}
