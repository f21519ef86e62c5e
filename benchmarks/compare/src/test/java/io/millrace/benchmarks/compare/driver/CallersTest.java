package io.millrace.benchmarks.compare.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {
    @Test
    void shouldCallExactlySoOften() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Callers.exactly(1_000, 16, calls::incrementAndGet);
        assertEquals(1_000, calls.get());
    }

    @Test
    void shouldCallAllAtOnce() throws Exception {
        // None returns before all three have called, so the calls that were counted are a multiple of three but for
        // those under way.
        CyclicBarrier all = new CyclicBarrier(3);
        AtomicInteger calls = new AtomicInteger();
        Callers callers = new Callers(() -> {
            // The first round alone, because at the end some stop before others.
            if (calls.incrementAndGet() <= 3) {
                all.await();
            }
        });
        Callers.Counted counted = callers.run(3, 0, 50);
        assertTrue(calls.get() > 3, "they went on when all had met");
        assertTrue(counted.calls() <= calls.get(), "no more were counted than there were");
    }

    @Test
    void shouldSayWhyACallFailedAndStop() {
        Callers failing = new Callers(() -> {
            throw new IllegalArgumentException("no such queue");
        });
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> failing.run(4, 0, 600_000));
        assertEquals("a call failed: java.lang.IllegalArgumentException: no such queue", failure.getMessage());
    }

    @Test
    void shouldCountTheTimeThatTheServerWasBehind() {
        Callers.Counted counted = new Callers.Counted(3_000, 2_000_000_000L, 4_500, 3_000_000_000L);
        assertEquals(1_500, counted.perSecond());
        assertEquals(1_500, counted.keptUpWith(0));
        assertEquals(1_125, counted.keptUpWith(1_000_000_000L));
    }
}
