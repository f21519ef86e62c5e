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
        deliverFresh(nowMs);
        assertEquals(1, commits);
        deliverFresh(nowMs + 2);
        assertEquals(2, commits);
    }

    @Test
    void shouldServeWhoCameTooSoonAtATick() {
        deliverFresh(nowMs);
        deliverFresh(nowMs + 1);
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
    void shouldCommitWhatSomebodyWaitsForWhenTheIntervalIsOverThoughTheEngineIsBehind() {
        deliverFresh(nowMs);
        pacer.delivered();
        pacer.tick(nowMs + INTERVAL_MS - 1);
        assertEquals(1, commits);
        pacer.tick(nowMs + INTERVAL_MS);
        assertEquals(2, commits);
        pacer.tick(nowMs + 2 * INTERVAL_MS);
        assertEquals(2, commits, "nothing was sent since");
    }

    @Test
    void shouldKeepWhatIsOnlyPublishedFourTimesAsLong() {
        deliverFresh(nowMs);
        for (long atMs = nowMs; atMs < nowMs + 4 * INTERVAL_MS; atMs++) {
            pacer.published();
            pacer.taken(atMs, atMs);
        }
        assertEquals(1, commits, "as fresh as it is, nobody waits for it");
        pacer.tick(nowMs + 4 * INTERVAL_MS);
        assertEquals(2, commits);
        pacer.published();
        pacer.taken(nowMs + 4 * INTERVAL_MS + 1, nowMs + 4 * INTERVAL_MS + 1);
        deliverFresh(nowMs + 5 * INTERVAL_MS);
        pacer.tick(nowMs + 9 * INTERVAL_MS);
        assertEquals(3, commits, "it went with what somebody waits for");
    }

    @Test
    void shouldNotTakeWhatIsFreshButOnlyPublishedForASignThatTheEngineKeepsUp() {
        deliverFresh(nowMs);
        pacer.published();
        pacer.taken(nowMs + 15, nowMs + 15);
        pacer.delivered();
        pacer.taken(nowMs - 1_000, nowMs + 20);
        assertEquals(1, commits);
        pacer.tick(nowMs + INTERVAL_MS);
        assertEquals(2, commits);
    }

    @Test
    void shouldCommitOnceInAnIntervalWhenTheEngineIsBehind() {
        for (int i = 0; i < 1_000; i++) {
            long atMs = nowMs + i / 10;
            pacer.delivered();
            pacer.taken(atMs - 1_000, atMs);
        }
        assertEquals(4, commits, "in 100 ms");
    }

    @Test
    void shouldLetThePauseGrowUpToTheIntervalUnderLoad() {
        // 10 records in each millisecond, so 10,000 in a second.
        for (int i = 0; i < 2_000; i++) {
            deliverFresh(nowMs + i / 10);
        }
        int before = commits;
        for (int i = 2_000; i < 4_000; i++) {
            deliverFresh(nowMs + i / 10);
        }
        assertEquals(8, commits - before, "in 200 ms");
    }

    @Test
    void shouldKnowThatWhatAnEngineSentHasWaitedForItsTransaction() {
        deliverFresh(nowMs - INTERVAL_MS);
        int before = commits;
        pacer.delivered();
        pacer.taken(nowMs - 40 - INTERVAL_MS, nowMs - INTERVAL_MS + 5);
        assertEquals(before, commits, "a caller's record of 45 ms ago: the engine is behind");
        pacer.transferTaken(nowMs - 40 - INTERVAL_MS, nowMs - INTERVAL_MS + 5);
        assertEquals(before + 1, commits);
    }

    @Test
    void shouldGoOnWhenTheClockIsSetBack() {
        deliverFresh(nowMs);
        long earlier = nowMs - 60_000;
        deliverFresh(earlier);
        assertEquals(2, commits);
        pacer.delivered();
        pacer.tick(earlier + INTERVAL_MS);
        assertEquals(3, commits);
    }

    private void deliverFresh(long atMs) {
        pacer.delivered();
        pacer.taken(atMs, atMs);
    }
}
