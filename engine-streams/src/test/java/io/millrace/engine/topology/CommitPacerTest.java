package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The pace is a thread's, so each test has a thread of its own. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class CommitPacerTest {
    private static final long INTERVAL_MS = 25;

    private final long nowMs = 1_000_000;
    private int commits;
    private final CommitPacer pacer = new CommitPacer(() -> commits++, Duration.ofMillis(INTERVAL_MS));

    @Test
    void shouldServeWhoWaitsAtOnceWhenLittleIsGoingOn() {
        pacer.someoneWaits(nowMs, nowMs);
        assertEquals(1, commits);
        pacer.someoneWaits(nowMs + 2, nowMs + 2);
        assertEquals(2, commits);
    }

    @Test
    void shouldServeWhoCameTooSoonAtATick() {
        pacer.someoneWaits(nowMs, nowMs);
        pacer.someoneWaits(nowMs + 1, nowMs + 1);
        assertEquals(1, commits);
        pacer.tick(nowMs + 1);
        assertEquals(1, commits);
        pacer.tick(nowMs + 10);
        assertEquals(2, commits);
    }

    @Test
    void shouldNotCommitBecauseTimeGoesBy() {
        for (int i = 0; i < 100; i++) {
            pacer.tick(nowMs + 10L * i);
        }
        assertEquals(0, commits);
    }

    @Test
    void shouldCommitWhatWasSentWhenTheIntervalIsOverThoughNobodyWaits() {
        pacer.someoneWaits(nowMs, nowMs);
        pacer.sent();
        pacer.tick(nowMs + INTERVAL_MS - 1);
        assertEquals(1, commits);
        pacer.tick(nowMs + INTERVAL_MS);
        assertEquals(2, commits);
        pacer.tick(nowMs + 2 * INTERVAL_MS);
        assertEquals(2, commits, "nothing was sent since");
    }

    @Test
    void shouldCommitOnceInAnIntervalWhenTheEngineIsBehind() {
        for (int i = 0; i < 1_000; i++) {
            long atMs = nowMs + i / 10;
            pacer.sent();
            pacer.someoneWaits(atMs - 1_000, atMs);
        }
        assertEquals(4, commits, "in 100 ms");
    }

    @Test
    void shouldLetThePauseGrowUpToTheIntervalUnderLoad() {
        // 10 records in each millisecond, so 10,000 in a second.
        for (int i = 0; i < 2_000; i++) {
            pacer.sent();
            pacer.someoneWaits(nowMs + i / 10, nowMs + i / 10);
        }
        int before = commits;
        for (int i = 2_000; i < 4_000; i++) {
            pacer.sent();
            pacer.someoneWaits(nowMs + i / 10, nowMs + i / 10);
        }
        assertEquals(8, commits - before, "in 200 ms");
    }

    @Test
    void shouldKnowThatWhatAnEngineSentHasWaitedForItsTransaction() {
        pacer.someoneWaits(nowMs - 40, nowMs);
        assertEquals(0, commits, "a caller's record of 40 ms ago: the engine is behind");
        pacer.someoneWaitsForTransfer(nowMs - 40, nowMs);
        assertEquals(1, commits);
    }

    @Test
    void shouldGoOnWhenTheClockIsSetBack() {
        pacer.someoneWaits(nowMs, nowMs);
        long earlier = nowMs - 60_000;
        pacer.someoneWaits(earlier, earlier);
        assertEquals(2, commits);
        pacer.sent();
        pacer.tick(earlier + INTERVAL_MS);
        assertEquals(3, commits);
    }
}
