package io.millrace.benchmarks.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTest {
    @Test
    void shouldDoItAgainUntilItIsClosed() {
        AtomicInteger done = new AtomicInteger();
        Periodic periodic = new Periodic("test");
        periodic.nowAndEach(Duration.ofMillis(1), done::incrementAndGet);
        await().until(() -> done.get() > 3);

        periodic.close();

        int atClose = done.get();
        await().during(Duration.ofMillis(50)).until(() -> done.get() == atClose);
    }

    @Test
    void shouldDoItForTheFirstTimeWhenThePeriodHasPassed() {
        AtomicInteger done = new AtomicInteger();
        try (Periodic periodic = new Periodic("test")) {
            periodic.each(Duration.ofDays(1), done::incrementAndGet);
        }
        assertEquals(0, done.get());
    }

    @Test
    void shouldNotInterruptWhatIsBeingDone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        Periodic periodic = new Periodic("test");
        periodic.nowAndEach(Duration.ofDays(1), () -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            ended.set(true);
        });
        begun.await();
        Thread closing = new Thread(periodic::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        assertFalse(ended.get());

        mayEnd.countDown();
        closing.join();

        assertTrue(ended.get());
        assertFalse(interrupted.get());
    }
}
