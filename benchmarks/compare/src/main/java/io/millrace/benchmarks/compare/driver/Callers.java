package io.millrace.benchmarks.compare.driver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Callers that each do the same thing again and again until told to stop. On virtual threads where the Java has them. */
final class Callers {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    /** A call may wait for a slow queue, but not for ever. */
    private static final long LONGEST_CALL_SECONDS = 120;

    /** A system that gets no further has shown that. */
    private static final Duration LONGEST_MORE = Duration.ofSeconds(3);

    private static final long LOOK_AGAIN_MS = 10;

    private final Call call;
    private final LongAdder calls = new LongAdder();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile boolean stopping;

    /** What a caller does. */
    @FunctionalInterface
    interface Call {
        void once() throws Exception;
    }

    Callers(Call call) {
        this.call = call;
    }

    /** So many calls in all, by so many callers. */
    static void exactly(int number, int callers, Call call) throws Exception {
        LongAdder left = new LongAdder();
        ExecutorService threads = threads(callers);
        Callers failures = new Callers(call);
        for (int i = 0; i < number; i++) {
            threads.execute(() -> failures.once(left));
        }
        failures.end(threads);
    }

    /**
     * Lets them call: first unmeasured, then measured, then until each has what it waits for. Measured is for as long as was asked for, and longer where
     * answers come so seldom that less would be chance: until there are as many as callers, but not for ever.
     *
     * @return calls that ended while it was measured, and all
     */
    Counted run(int callers, long settleMs, long measureMs) throws Exception {
        ExecutorService threads = threads(callers);
        long first = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            threads.execute(this::callAgainAndAgain);
        }
        failed.await(settleMs, TimeUnit.MILLISECONDS);
        long before = calls.sum();
        long began = System.nanoTime();
        failed.await(measureMs, TimeUnit.MILLISECONDS);
        long until = System.nanoTime() + LONGEST_MORE.toNanos();
        while (calls.sum() - before < callers && System.nanoTime() < until) {
            if (failed.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        long counted = calls.sum() - before;
        long nanos = System.nanoTime() - began;
        stopping = true;
        end(threads);
        return new Counted(counted, nanos, calls.sum(), System.nanoTime() - first);
    }

    /**
     * What was counted.
     *
     * @param calls that ended while it was measured
     * @param nanos for how long that was
     * @param allCalls from the first to the last
     * @param allNanos from the first to the end of the last
     */
    record Counted(long calls, long nanos, long allCalls, long allNanos) {
        /** While it was measured. */
        double perSecond() {
            return calls * 1e9 / nanos;
        }

        /** From the first call until the server was done, when it needed so much longer than the last caller. */
        double keptUpWith(long behindNanos) {
            return allCalls * 1e9 / (allNanos + behindNanos);
        }
    }

    private void callAgainAndAgain() {
        while (!stopping) {
            once(calls);
        }
    }

    private void once(LongAdder count) {
        if (failure.get() != null) {
            return;
        }
        try {
            call.once();
            count.increment();
        } catch (Throwable e) {
            stopping = true;
            failure.compareAndSet(null, e);
            failed.countDown();
        }
    }

    private void end(ExecutorService threads) throws Exception {
        threads.shutdown();
        boolean ended = threads.awaitTermination(LONGEST_CALL_SECONDS, TimeUnit.SECONDS);
        Throwable reason = failure.get();
        if (reason != null) {
            throw new IllegalStateException("a call failed: " + reason, reason);
        }
        if (!ended) {
            throw new IllegalStateException("a call has had no answer for " + LONGEST_CALL_SECONDS + " s");
        }
    }

    private static ExecutorService threads(int callers) throws ReflectiveOperationException {
        boolean virtual = Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
        return Executors.newFixedThreadPool(callers, virtual ? virtualThreads() : Executors.defaultThreadFactory());
    }

    /** Looked up: this is compiled for Java 17. */
    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }
}
