package io.millrace.api.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void shouldAllowABurstAndThenTheRate() {
        RequestRate rate = new RequestRate(10, nanos::get);

        assertEquals(20, taken(rate, "a"));
        nanos.addAndGet(100_000_000);
        assertEquals(1, taken(rate, "a"));
        nanos.addAndGet(60_000_000_000L);
        assertEquals(20, taken(rate, "a"));
    }

    @Test
    void shouldCountEachByThemselves() {
        RequestRate rate = new RequestRate(10, nanos::get);
        taken(rate, "a");

        assertEquals(20, taken(rate, "b"));
    }

    @Test
    void shouldAllowAnyNumberWhereThereIsNoLimit() {
        RequestRate rate = new RequestRate(0, nanos::get);

        for (int i = 0; i < 10_000; i++) {
            assertDoesNotThrow(() -> rate.take("a"));
        }
        assertEquals(0, rate.remembered());
    }

    @Test
    void shouldForgetThoseWhoHaveNotAskedForTheLongestTime() {
        RequestRate rate = new RequestRate(1, nanos::get);
        for (int i = 0; i < 30_000; i++) {
            rate.take("address " + i);
            if (i % 1_000 == 0) {
                rate.take("regular");
                nanos.addAndGet(1_000_000_000);
            }
        }

        assertEquals(10_000, rate.remembered());
    }

    private static int taken(RequestRate rate, String who) {
        int taken = 0;
        while (true) {
            try {
                rate.take(who);
                taken++;
            } catch (AccessRefusedException refused) {
                assertEquals(429, refused.status());
                assertThrows(AccessRefusedException.class, () -> rate.take(who));
                return taken;
            }
        }
    }
}
