package io.millrace.worker.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.schemas.Credit;
import io.millrace.schemas.TrustedRecords;
import io.millrace.schemas.WorkerEvent;
import io.millrace.worker.HandClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A worker with two slots for each of two partitions; 1 is a queue's, whose workflows are on 0. */
class CreditDeskTest {
    private final HandClock clock = new HandClock();
    private final List<String> sent = new ArrayList<>();
    private int begun;
    private final CreditDesk desk = new CreditDesk("me", new CreditLedger(4, 2, 0), clock, this::send, () -> begun++);

    @BeforeAll
    static void trust() {
        TrustedRecords.establish();
    }

    private CompletableFuture<Void> send(int partition, String key, WorkerEvent event) {
        Credit credit = event.getCredit();
        String what = credit == null ? "no credit" : credit.getFree() + " free, seen " + credit.getGrantsSeen();
        sent.add(partition + " " + key + ": " + what);
        return CompletableFuture.completedFuture(null);
    }

    private void assertSent(String... expected) {
        assertEquals(List.of(expected), sent);
        sent.clear();
    }

    private Slot taken(long number) {
        assertTrue(desk.take(1, number, () -> fail("no slot")));
        return new Slot.Granted(desk, 1);
    }

    private void end(Slot slot, int partition, String workflowId) {
        slot.sendLast(this::send, partition, workflowId, new WorkerEvent("me", 1L, List.of(), null, null));
    }

    @Test
    void shouldTellACreditPartitionOfSeveralEndsAtOnce() {
        Slot one = taken(1);
        Slot two = taken(2);
        end(one, 0, "v");
        end(two, 0, "w");
        assertSent("0 v: no credit", "0 w: no credit");
        clock.advance(LateReports.DELAY);
        assertSent("1 me: 2 free, seen 2");
        clock.advance(LateReports.DELAY.multipliedBy(10));
        assertSent();
    }

    @Test
    void shouldSendTheCreditAlongWhereItIsOfTheSamePartition() {
        end(taken(1), 1, "w");
        clock.advance(LateReports.DELAY);
        assertSent("1 w: 2 free, seen 1");
    }

    @Test
    void shouldNotRepeatWhatAnotherReportHasToldMeanwhile() {
        end(taken(1), 0, "v");
        end(taken(2), 1, "w");
        clock.advance(LateReports.DELAY);
        assertSent("0 v: no credit", "1 w: 2 free, seen 2");
    }

    @Test
    void shouldTellOfEachChangeAfterTheLastReport() {
        end(taken(1), 0, "v");
        clock.advance(LateReports.DELAY);
        assertSent("0 v: no credit", "1 me: 2 free, seen 1");
        end(taken(2), 0, "w");
        clock.advance(LateReports.DELAY);
        assertSent("0 w: no credit", "1 me: 2 free, seen 2");
    }

    @Test
    void shouldTellThatAVoidGrantLeftItsSlotFree() {
        desk.voided(1, 1);
        taken(2);
        clock.advance(LateReports.DELAY);
        assertSent("1 me: 1 free, seen 2");
    }

    @Test
    void shouldCountGrantsBeyondAMissingOneAsFree() {
        taken(2);
        desk.offerAll();
        assertSent("0 me: 2 free, seen 0", "1 me: 2 free, seen 0");
        desk.voided(1, 1);
        clock.advance(LateReports.DELAY);
        assertSent("1 me: 1 free, seen 2");
    }

    @Test
    void shouldSettleWithTheGrantThatWasMissingAndNotBeforeItHasItsSlot() {
        desk.want(0, 10);
        assertSent("0 me: 2 free, seen 0", "1 me: 0 free, seen 0");
        desk.settled(1, 2);
        taken(2);
        assertSent();
        taken(1);
        assertSent();
        desk.offerAll();
        assertSent("0 me: 2 free, seen 0", "1 me: 0 free, seen 2");
    }

    @Test
    void shouldOfferElsewhereWhatAVoidGrantLeaves() {
        desk.want(0, 10);
        sent.clear();
        desk.settled(1, 1);
        desk.voided(1, 1);
        assertSent("0 me: 4 free, seen 0");
    }

    @Test
    void shouldTellNothingLateWhenItHasStopped() {
        Slot slot = taken(1);
        desk.stop();
        assertSent("0 me: 0 free, seen 0", "1 me: 0 free, seen 1");
        end(slot, 0, "w");
        clock.advance(LateReports.DELAY);
        assertSent("0 w: no credit");
    }

    @Test
    void shouldBeginWhatWaitsWhenAnExecutionOfAnotherPartitionEnds() {
        List<Slot> all = List.of(taken(1), taken(2));
        assertTrue(desk.take(0, 1, () -> fail("no slot")));
        assertTrue(desk.take(0, 2, () -> fail("no slot")));
        assertFalse(desk.take(0, 3, () -> {}));
        assertEquals(0, begun);
        end(all.get(0), 0, "w");
        assertEquals(1, begun);
    }
}
