package io.millrace.worker.internal.execution;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.worker.HandClock;
import io.millrace.worker.internal.replay.OpenSteps;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The workflow's thread waits for something outside; the clock begins at 1,000,000 and stands. */
class OutsideWaitsTest {
    private static final Duration PARK_AFTER = Duration.ofSeconds(1);

    private final HandClock clock = new HandClock();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Waits waits = new Waits(clock, CompletableFuture::join, PARK_AFTER);

    /** Returns when the thread waits. */
    private CompletableFuture<Turn> begin(int seq, long untilMs, boolean shielded) {
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> turn.complete(waits.workflowAwaitsOutside(seq, untilMs, ended::get, shielded)));
        thread.start();
        await().until(() -> turn.isDone() || thread.getState() == Thread.State.WAITING);
        return turn;
    }

    private static Turn.Park park(int seq, long untilMs) {
        return new Turn.Park(new OpenSteps.Wait(seq, untilMs), 0);
    }

    @Test
    void shouldStayForAMomentAndThenPark() {
        CompletableFuture<Turn> turn = begin(1, Long.MAX_VALUE, false);
        clock.advance(Duration.ofMillis(249));
        assertFalse(turn.isDone());
        clock.advance(Duration.ofMillis(1));
        assertEquals(park(1, Long.MAX_VALUE), turn.join());
    }

    @Test
    void shouldSayOfHowManyEndsItKnewWhenItParked() {
        CompletableFuture<Turn> turn = begin(1, Long.MAX_VALUE, false);
        waits.endedOutside(7, () -> {});
        waits.endedOutside(7, () -> {});
        clock.advance(Duration.ofMillis(250));
        waits.endedOutside(8, () -> {});
        assertEquals(new Turn.Park(new OpenSteps.Wait(1, Long.MAX_VALUE), 1), turn.join());
    }

    @Test
    void shouldParkUntilTheLatestTimeHoweverSoonThatIs() {
        CompletableFuture<Turn> turn = begin(1, 1_000_300, false);
        clock.advance(Duration.ofMillis(250));
        assertEquals(park(1, 1_000_300), turn.join());
    }

    @Test
    void shouldStayForLessWhereTheWorkerParksEarlier() {
        waits = new Waits(clock, CompletableFuture::join, Duration.ofMillis(100));
        CompletableFuture<Turn> turn = begin(1, Long.MAX_VALUE, false);
        clock.advance(Duration.ofMillis(99));
        assertFalse(turn.isDone());
        clock.advance(Duration.ofMillis(1));
        assertEquals(park(1, Long.MAX_VALUE), turn.join());
    }

    @Test
    void shouldGoOnWithTheEndAndSetNoTimerForLater() {
        CompletableFuture<Turn> turn = begin(1, Long.MAX_VALUE, false);
        waits.endedOutside(2, () -> {});
        assertFalse(turn.isDone(), "that was another step");
        waits.endedOutside(1, () -> ended.set(true));
        assertEquals(new Turn.GoOn(), turn.join());
        clock.advance(Duration.ofSeconds(10));
        ended.set(false);
        CompletableFuture<Turn> next = begin(2, Long.MAX_VALUE, false);
        assertFalse(next.isDone());
        waits.stop();
        assertEquals(new Turn.GoOn(), next.join());
    }

    @Test
    void shouldNotWaitForWhatHasEnded() {
        waits.endedOutside(1, () -> ended.set(true));
        assertEquals(new Turn.GoOn(), begin(1, Long.MAX_VALUE, false).join());
    }

    @Test
    void shouldStayWhileAStepRunsBesideAndParkWhenItIsDone() {
        waits.begun();
        CompletableFuture<Turn> turn = begin(2, Long.MAX_VALUE, false);
        clock.advance(Duration.ofSeconds(30));
        assertFalse(turn.isDone());
        waits.ended(1, () -> {});
        assertEquals(park(2, Long.MAX_VALUE), turn.join());
    }

    @Test
    void shouldParkUntilTheRetryOfAStepBeside() {
        waits.begun();
        waits.waits(1, 1_010_000, () -> {}, false);
        CompletableFuture<Turn> turn = begin(2, Long.MAX_VALUE, false);
        assertFalse(turn.isDone(), "a moment for the end comes first");
        clock.advance(Duration.ofMillis(250));
        assertEquals(park(1, 1_010_000), turn.join());
    }

    @Test
    void shouldStayForARetryThatIsSoon() {
        AtomicBoolean resumed = new AtomicBoolean();
        waits.begun();
        waits.waits(1, 1_000_900, () -> resumed.set(true), false);
        CompletableFuture<Turn> turn = begin(2, Long.MAX_VALUE, false);
        clock.advance(Duration.ofMillis(900));
        assertTrue(resumed.get());
        assertFalse(turn.isDone());
        waits.ended(1, () -> {});
        assertEquals(park(2, Long.MAX_VALUE), turn.join());
    }

    @Test
    void shouldReleaseAtOnceWhenTheWorkerCloses() {
        CompletableFuture<Turn> turn = begin(1, Long.MAX_VALUE, false);
        waits.drain();
        assertEquals(new Turn.Release("the worker closes"), turn.join());
    }

    @Test
    void shouldEndWithACancelUnlessShielded() {
        CompletableFuture<Turn> turn = begin(1, Long.MAX_VALUE, false);
        waits.cancel();
        assertEquals(new Turn.Cancel(), turn.join());
        assertEquals(new Turn.Cancel(), begin(2, Long.MAX_VALUE, false).join());
        CompletableFuture<Turn> shielded = begin(3, Long.MAX_VALUE, true);
        assertFalse(shielded.isDone());
        waits.endedOutside(3, () -> {});
        assertEquals(new Turn.GoOn(), shielded.join());
    }

    @Test
    void shouldTakeAnEndThatIsThereRatherThanTheCancel() {
        waits.cancel();
        ended.set(true);
        assertEquals(new Turn.GoOn(), begin(1, Long.MAX_VALUE, false).join());
    }
}
