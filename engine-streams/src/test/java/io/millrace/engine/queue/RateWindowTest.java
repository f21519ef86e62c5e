package io.millrace.engine.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.testing.Samples;
import io.millrace.engine.testing.Seeded;
import io.millrace.schemas.RateLimit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    static {
        Samples.ready();
    }

    private final RateWindow window = new RateWindow();

    @Test
    void shouldLimitNothingWithoutALimit() {
        assertFalse(window.hasLimit());
        for (int i = 0; i < 1_000; i++) {
            begin(0);
        }
        assertEquals(Integer.MAX_VALUE, window.permits(0));
        assertEquals(Long.MAX_VALUE, window.nextPermitAtMs());
        assertTrue(window.isUnused(), "and remembers nothing");
    }

    @Test
    void shouldGiveAPermitBackOnePeriodAfterItWasHeardOf() {
        window.setLimit(new RateLimit(2, 100L));
        assertEquals(2, window.permits(0));
        window.take();
        assertEquals(1, window.permits(0));
        assertEquals(Long.MAX_VALUE, window.nextPermitAtMs(), "first something must be heard");
        window.heardOf(50);
        window.giveBack();
        assertEquals(1, window.permits(50));
        assertEquals(150, window.nextPermitAtMs());
        assertEquals(1, window.permits(149));
        assertEquals(2, window.permits(150));
        assertTrue(window.isUnused());
    }

    @Test
    void shouldGiveBackAtOnceWhatDidNotBegin() {
        window.setLimit(new RateLimit(1, 100L));
        window.take();
        assertEquals(0, window.permits(0));
        window.giveBack();
        assertEquals(1, window.permits(0));
    }

    @Test
    void shouldKeepCountingWhenTheLimitChanges() {
        window.setLimit(new RateLimit(3, 100L));
        begin(10);
        begin(20);
        window.setLimit(new RateLimit(1, 100L));
        assertEquals(0, window.permits(30));
        assertEquals(0, window.permits(110), "one of two still counts");
        assertEquals(1, window.permits(120));
        begin(120);
        window.setLimit(new RateLimit(1, 10L));
        assertEquals(1, window.permits(130));
    }

    @Test
    void shouldNeverLetMoreBeginInAPeriodWhereverItBeginsAndWhoeverMeasures() {
        Seeded.forEach(300, chance -> {
            int permits = chance.between(1, 4);
            long periodMs = chance.between(1, 200);
            RateWindow limited = new RateWindow();
            limited.setLimit(new RateLimit(permits, periodMs));
            // This clock and that of the world run at the same pace, and show something else.
            long ahead = chance.below(1_000) - 500;
            List<Long> matched = new ArrayList<>();
            List<Long> unheard = new ArrayList<>();
            List<Long> begun = new ArrayList<>();
            long now = 10_000;
            for (int i = 0; i < 500; i++) {
                now += chance.below(20);
                switch (chance.below(4)) {
                    case 0 -> {
                        if (limited.permits(now + ahead) > 0) {
                            limited.take();
                            matched.add(now);
                        }
                    }
                    case 1 -> {
                        if (!matched.isEmpty() && chance.percent(90)) {
                            matched.remove(0);
                            begun.add(now);
                            unheard.add(now);
                        } else if (!matched.isEmpty()) {
                            matched.remove(0);
                            limited.giveBack();
                        }
                    }
                    default -> {
                        if (!unheard.isEmpty()) {
                            unheard.remove(chance.below(unheard.size()));
                            limited.heardOf(now + ahead);
                            limited.giveBack();
                        }
                    }
                }
            }
            for (int i = permits; i < begun.size(); i++) {
                long apart = begun.get(i) - begun.get(i - permits);
                assertTrue(apart >= periodMs, () -> permits + 1 + " within " + apart + " ms of " + periodMs);
            }
            assertTrue(begun.size() > permits, "some did begin");
        });
    }

    private void begin(long atMs) {
        window.take();
        window.heardOf(atMs);
        window.giveBack();
    }
}
