package io.millrace.benchmarks.load.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void shouldSayHowFarItIs() {
        Progress progress = new Progress("drain", 250_000, 1_000_000, 1_000_000, 250_000, 2_500);
        assertEquals("drain    ████░░░░░░░░░░░░  25 %  depth 750,000  2,500/s  ETA 5 min 00 s", progress.bar());
        assertEquals(
                "drain: 25 %, 1,000,000 enqueued, 250,000 ended, depth 750,000, 2,500/s, ETA 5 min 00 s",
                progress.line());
    }

    @Test
    void shouldNotKnowTheEndWhereNothingMoves() {
        assertEquals(
                "enqueue  ░░░░░░░░░░░░░░░░   0 %  depth 0  0/s  ETA unknown",
                new Progress("enqueue", 0, 10, 0, 0, 0).bar());
    }
}
