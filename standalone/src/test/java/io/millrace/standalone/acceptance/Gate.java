package io.millrace.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds whoever comes to it up until the test opens it; the test knows that somebody has come. */
public final class Gate {
    private static final int LONGEST_TEST_SECONDS = 120;

    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger arrivals = new AtomicInteger();

    /** Waits until it is open. */
    public void pass() throws InterruptedException {
        arrivals.incrementAndGet();
        if (!opened.await(LONGEST_TEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody has opened the gate");
        }
    }

    /** As {@link #pass}, and no interrupt moves it: code that is stuck in somebody else's library. */
    public void passDeafToInterrupts() {
        arrivals.incrementAndGet();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_TEST_SECONDS);
        boolean open = false;
        while (!open && System.nanoTime() < end) {
            open = isOpenWithinASecond();
        }
    }

    private boolean isOpenWithinASecond() {
        try {
            return opened.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    public void open() {
        opened.countDown();
    }

    /** Waits until somebody has come to it. */
    public void awaitArrival() {
        awaitArrivals(1);
    }

    /** Waits until so many have come to it. */
    public void awaitArrivals(int number) {
        await(number + " arrivals at the gate").atMost(Scene.PATIENCE).until(() -> arrivals.get() >= number);
    }
}
