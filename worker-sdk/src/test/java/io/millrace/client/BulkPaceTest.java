package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BulkPaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void shouldLetTheFirstOneGoAtOnceAndSpreadTheOthers() {
        ManualTiming timing = new ManualTiming();
        BulkPace pace = new BulkPace(10, timing);

        assertEquals(0, pace.take());
        long wait = pace.take();

        assertTrue(
                wait > Duration.ofMillis(70).toNanos()
                        && wait < Duration.ofMillis(110).toNanos(),
                "waits " + wait);
        assertEquals(wait, pace.take(), "asking takes nothing");
    }

    @Test
    void shouldNeverLetMoreGoInAnySecondHoweverLateItsAlarmsAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int perSecond = 1 + random.nextInt(round < 25 ? 20 : BulkCommand.MAX_PER_SECOND);
            List<Long> sent = run(perSecond, random);

            for (int i = perSecond; i < sent.size(); i++) {
                long apart = sent.get(i) - sent.get(i - perSecond);
                assertTrue(apart >= SECOND, perSecond + " per second, " + apart + " ns apart, seed " + seed);
            }
        }
    }

    @Test
    void shouldReachItsRateThoughAlarmsAreALittleLate() {
        ManualTiming timing = new ManualTiming();
        BulkPace pace = new BulkPace(BulkCommand.MAX_PER_SECOND, timing);
        int sent = 0;
        for (long ms = 0; ms < 10_000; ms += 5) {
            while (pace.take() == 0) {
                sent++;
            }
            timing.advance(Duration.ofMillis(5));
        }

        assertTrue(sent > 9.7 * BulkCommand.MAX_PER_SECOND, "only " + sent + " in 10 s");
    }

    private static List<Long> run(int perSecond, Random random) {
        ManualTiming timing = new ManualTiming();
        BulkPace pace = new BulkPace(perSecond, timing);
        List<Long> sent = new ArrayList<>();
        while (sent.size() < 3 * perSecond) {
            long wait = pace.take();
            if (wait == 0) {
                sent.add(timing.nanos());
            } else {
                long late = random.nextInt(10) == 0 ? random.nextInt(2_000_000_000) : random.nextInt(2_000_000);
                timing.advance(Duration.ofNanos(wait + late));
            }
        }
        return sent;
    }
}
