package io.millrace.worker.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Credit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
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
    void shouldAskAgainForASettlementThatDoesNotCome() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.want(0, 10);
        assertTrue(ledger.report(1).getSettle());
        ledger.refresh();
        assertFalse(ledger.report(1).getSettle());
        ledger.refresh();
        assertTrue(ledger.report(1).getSettle());
    }

    @Test
    void shouldSettleAsSoonAsTheGrantsAreThere() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.want(0, 10);
        assertEquals(Set.of(), ledger.settled(1, 2).report());
        assertEquals(4, ledger.report(0).getFree());
        ledger.sawGrant(1, 2);
        ledger.take(1);
        assertEquals(Set.of(), ledger.settleIfComplete(1).report());
        ledger.sawGrant(1, 1);
        ledger.take(1);
        assertEquals(Set.of(0), ledger.settleIfComplete(1).report());
        assertEquals(6, ledger.report(0).getFree(), "of four withdrawn slots two were left");
        assertEquals(8, ledger.total());
    }

    @Test
    void shouldNotAskAgainForWhatIsAnsweredAndSettleWithoutTheGrantsInTheEnd() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.want(0, 10);
        ledger.report(1);
        ledger.settled(1, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(Set.of(), ledger.refresh().report());
            assertFalse(ledger.report(1).getSettle());
            ledger.want(0, 10);
        }
        assertEquals(Set.of(0), ledger.refresh().report());
        assertEquals(8, ledger.report(0).getFree());
        assertEquals(new Credit(1L, 0, false), ledger.report(1));
    }

    @Test
    void shouldBelieveTheLastOfSeveralAnswers() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.want(0, 10);
        ledger.settled(1, 5);
        ledger.settled(1, 0);
        assertEquals(8, ledger.report(0).getFree(), "the first one was of an aborted transaction");
    }

    @Test
    void shouldKeepNoAnswerForTheNextWithdrawal() {
        CreditLedger ledger = new CreditLedger(4, 2, 0);
        ledger.settled(1, 1);
        ledger.want(0, 10);
        ledger.sawGrant(1, 1);
        ledger.take(1);
        ledger.settleIfComplete(1);
        assertEquals(2, ledger.report(0).getFree());
    }

    @Test
    void shouldCountGrantsBehindAMissingOneAsFree() {
        CreditLedger ledger = new CreditLedger(8, 2, 0);
        ledger.sawGrant(0, 2);
        ledger.take(0);
        ledger.sawGrant(0, 4);
        ledger.take(0);
        // The engine has granted four, and takes four off: of its four slots none is left, and none is used twice.
        assertEquals(new Credit(0L, 4, false), ledger.report(0));
        ledger.sawGrant(0, 1);
        ledger.take(0);
        assertEquals(new Credit(2L, 2, false), ledger.report(0));
        ledger.sawGrant(0, 3);
        assertEquals(new Credit(4L, 1, false), ledger.report(0), "3 was void and has left its slot free");
    }

    @Test
    void shouldHaveASlotForAGrantThatComesAfterItWasGivenUp() {
        CreditLedger ledger = new CreditLedger(1, 1, 0);
        ledger.sawGrant(0, 2);
        for (int i = 0; i < 4; i++) {
            ledger.refresh();
        }
        assertEquals(new Credit(2L, 1, false), ledger.report(0));
        ledger.sawGrant(0, 1);
        assertTrue(ledger.take(0).isPresent());
        assertEquals(new Credit(2L, 0, false), ledger.report(0));
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

    /** What becomes of grants on their way. */
    private enum Way {
        /** All of them come, one after the other. */
        IN_ORDER,
        /** By way of other partitions: any may come before any other, some twice, and instead of some it is said that they are void. */
        IN_ANY_ORDER,
        /** And some so late that they are given up. */
        LATE
    }

    /** A dispatcher for each partition, as the protocol describes it, with messages under way in both directions. */
    private static final class Dispatchers {
        final Random random;
        final CreditLedger ledger;
        final Way way;
        final int slots;
        final int partitions;
        final long[] granted;
        final int[] underWay;
        final Map<Integer, Credit> known = new HashMap<>();
        final int[] backlog;
        final Map<Integer, Deque<Credit>> toEngine = new HashMap<>();
        /** One lane for each partition that sends; those of different lanes may overtake each other. */
        final List<Deque<Runnable>> toWorker = new ArrayList<>();

        final List<Runnable> late = new ArrayList<>();
        final Deque<Integer> running = new ArrayDeque<>();
        final Deque<Integer> waiting = new ArrayDeque<>();
        final int[] served;
        final boolean[] asked;

        Dispatchers(long seed, Way way, int slots, int partitions) {
            this.random = new Random(seed);
            this.way = way;
            this.slots = slots;
            this.partitions = partitions;
            this.ledger = new CreditLedger(slots, partitions, random.nextInt());
            this.granted = new long[partitions];
            this.underWay = new int[partitions];
            this.backlog = new int[partitions];
            this.served = new int[partitions];
            this.asked = new boolean[partitions];
            for (int p = 0; p < partitions; p++) {
                toEngine.put(p, new ArrayDeque<>());
                toWorker.add(new ArrayDeque<>());
                report(p);
            }
        }

        void report(int partition) {
            toEngine.get(partition).add(ledger.report(partition));
        }

        void apply(CreditLedger.Effects effects) {
            effects.report().forEach(this::report);
            for (int i = 0; i < effects.begin(); i++) {
                begin(waiting.remove());
            }
        }

        /** A message of the dispatcher's own to the worker. */
        void tell(int partition, Runnable message) {
            toWorker.get(way == Way.IN_ORDER ? 0 : partition).add(message);
        }

        /** The engine reads one record of this partition, and grants what it may. */
        void engineReads(int partition) {
            Credit credit = toEngine.get(partition).poll();
            if (credit != null) {
                known.put(partition, credit);
                if (credit.getSettle()) {
                    long all = granted[partition];
                    tell(partition, () -> apply(ledger.settled(partition, all)));
                }
            }
            dispatch(partition);
        }

        long available(int partition) {
            Credit credit = known.get(partition);
            return credit == null ? 0 : credit.getFree() - Math.max(0, granted[partition] - credit.getGrantsSeen());
        }

        void dispatch(int partition) {
            long may = available(partition);
            for (; may > 0 && backlog[partition] > 0; may--, backlog[partition]--) {
                asked[partition] = false;
                underWay[partition]++;
                send(partition, ++granted[partition]);
            }
            // It asks once, and not again until it could grant something or some time has passed.
            if (backlog[partition] > 0 && !asked[partition]) {
                asked[partition] = true;
                int wanted = backlog[partition];
                tell(partition, () -> apply(ledger.want(partition, wanted)));
            }
        }

        void send(int partition, long number) {
            if (way == Way.IN_ORDER) {
                tell(partition, () -> receive(partition, number));
                return;
            }
            Deque<Runnable> lane = toWorker.get(random.nextInt(partitions));
            switch (random.nextInt(20)) {
                case 0, 1 -> lane.add(() -> isVoid(partition, number));
                case 2, 3 -> {
                    lane.add(() -> receive(partition, number));
                    lane.add(() -> repeated(partition, number));
                }
                case 4 -> (way == Way.LATE ? late : lane).add(() -> receive(partition, number));
                default -> lane.add(() -> receive(partition, number));
            }
        }

        void receive(int partition, long number) {
            ledger.sawGrant(partition, number);
            underWay[partition]--;
            if (ledger.take(partition).isPresent()) {
                begin(partition);
            } else {
                assertEquals(Way.LATE, way, "a grant beyond the slots");
                waiting.add(partition);
                apply(ledger.seek());
            }
            apply(ledger.settleIfComplete(partition));
        }

        void repeated(int partition, long number) {
            ledger.sawGrant(partition, number);
            apply(ledger.settleIfComplete(partition));
        }

        void isVoid(int partition, long number) {
            underWay[partition]--;
            repeated(partition, number);
            report(partition);
        }

        void begin(int partition) {
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

        void workerReads(int lane) {
            Runnable message = toWorker.get(lane).poll();
            if (message != null) {
                message.run();
            }
        }

        void step() {
            int partition = random.nextInt(partitions);
            switch (random.nextInt(4)) {
                case 0 -> backlog[partition] += random.nextInt(3);
                case 1 -> engineReads(partition);
                case 2 -> workerReads(way == Way.IN_ORDER ? 0 : partition);
                default -> oneEndsIfAny();
            }
            if (way == Way.LATE && random.nextInt(50) == 0) {
                heartbeat();
            }
            check();
        }

        void check() {
            assertEquals(slots, ledger.total(), "slots in use, offered and withdrawn");
            assertEquals(
                    running.size(),
                    IntStream.range(0, partitions).map(ledger::inUse).sum(),
                    "in use");
            if (way != Way.LATE) {
                assertEquals(0, waiting.size());
                for (int p = 0; p < partitions; p++) {
                    long may = Math.max(0, available(p)) + underWay[p];
                    assertTrue(may <= ledger.open(p), p + " may use " + may + " of " + ledger);
                }
            }
        }

        void heartbeat() {
            apply(ledger.refresh());
            IntStream.range(0, partitions).forEach(this::report);
            late.removeIf(grant -> random.nextInt(5) == 0 && toWorker.get(0).add(grant));
            if (way != Way.IN_ORDER) {
                // A wish that has overtaken grants counts for less than it is, and is made good by the next.
                Arrays.fill(asked, false);
            }
        }

        boolean isDry() {
            return IntStream.of(backlog).sum() + IntStream.of(underWay).sum() + running.size() == 0;
        }

        void runDry() {
            int heartbeats = way == Way.LATE ? 5_000 : 10;
            int rounds = way == Way.LATE ? 20 : 1_000;
            for (int round = 0; round < heartbeats * rounds && !isDry(); round++) {
                if (round % rounds == 0) {
                    heartbeat();
                }
                for (int p = 0; p < partitions; p++) {
                    do {
                        engineReads(p);
                    } while (!toEngine.get(p).isEmpty());
                }
                for (Deque<Runnable> lane : toWorker) {
                    while (!lane.isEmpty()) {
                        lane.poll().run();
                    }
                }
                oneEndsIfAny();
            }
        }
    }

    private static void assertLaws(Way way, int slots, int partitions) {
        for (int run = 0; run < 20; run++) {
            long seed = System.nanoTime() + run;
            Dispatchers dispatchers = new Dispatchers(seed, way, slots, partitions);
            try {
                for (int i = 0; i < 2_000; i++) {
                    dispatchers.step();
                }
                dispatchers.runDry();
                assertEquals(
                        0,
                        IntStream.of(dispatchers.backlog).sum(),
                        "left in the backlogs, with " + dispatchers.ledger
                                + Arrays.toString(dispatchers.backlog) + dispatchers.known
                                + Arrays.toString(dispatchers.granted)
                                + Arrays.toString(dispatchers.asked));
                assertTrue(dispatchers.isDry(), "a grant waits for ever: " + dispatchers.ledger);
                dispatchers.check();
            } catch (AssertionError e) {
                throw new AssertionError("with seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 4", "5, 4", "4, 4", "3, 8", "1, 8", "1, 1", "100, 7"})
    void shouldNeverRunMoreThanItsSlotsAndNeverStarveAPartition(int slots, int partitions) {
        assertLaws(Way.IN_ORDER, slots, partitions);
    }

    @ParameterizedTest
    @CsvSource({"64, 4", "5, 4", "4, 4", "3, 8", "1, 8", "1, 1", "100, 7"})
    void shouldNeverOfferASlotTwiceInWhateverOrderGrantsCome(int slots, int partitions) {
        assertLaws(Way.IN_ANY_ORDER, slots, partitions);
    }

    @ParameterizedTest
    @CsvSource({"64, 4", "5, 4", "3, 8", "1, 8", "1, 1", "100, 7"})
    void shouldFindItsSlotsAgainWhenGrantsComeAfterTheyWereGivenUp(int slots, int partitions) {
        assertLaws(Way.LATE, slots, partitions);
    }

    @Test
    void shouldServeBusyPartitionsAlike() {
        Dispatchers dispatchers = new Dispatchers(11, Way.IN_ORDER, 6, 3);
        dispatchers.backlog[0] = 100_000;
        dispatchers.backlog[1] = 100_000;
        for (int round = 0; round < 3_000; round++) {
            dispatchers.engineReads(round % 3);
            while (!dispatchers.toWorker.get(0).isEmpty()) {
                dispatchers.workerReads(0);
            }
            dispatchers.oneEndsIfAny();
        }
        double ratio = (double) dispatchers.served[0] / dispatchers.served[1];
        assertTrue(ratio > 0.8 && ratio < 1.25, "served " + dispatchers.served[0] + " and " + dispatchers.served[1]);
    }
}
