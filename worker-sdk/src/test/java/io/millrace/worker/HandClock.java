package io.millrace.worker;

import io.millrace.worker.internal.execution.WorkerClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands until it is advanced by hand. Timers run in the thread that advances it. Begins at 1,000,000 ms. */
public final class HandClock implements WorkerClock {
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
    private long nowMs = 1_000_000;
    private long numbers;

    private record Due(long atMs, long number, Runnable task) {}

    @Override
    public synchronized long wallMs() {
        return nowMs;
    }

    @Override
    public synchronized long nanos() {
        return Duration.ofMillis(nowMs).toNanos();
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        Due due = new Due(nowMs + delay.toMillis(), ++numbers, task);
        timers.add(due);
        return () -> {
            synchronized (this) {
                timers.remove(due);
            }
        };
    }

    @Override
    public synchronized void close() {
        timers.clear();
    }

    /** Goes forward, and runs what is due on the way at its own time. */
    public void advance(Duration by) {
        long untilMs = wallMs() + by.toMillis();
        for (Due next = nextUntil(untilMs); next != null; next = nextUntil(untilMs)) {
            next.task().run();
        }
        jumpTo(untilMs);
    }

    /** Goes forward without running anything, like a process that was frozen. */
    public void freeze(Duration length) {
        jumpTo(wallMs() + length.toMillis());
    }

    private synchronized void jumpTo(long toMs) {
        nowMs = toMs;
    }

    private synchronized Due nextUntil(long untilMs) {
        Due next = timers.peek();
        if (next == null || next.atMs() > untilMs) {
            return null;
        }
        nowMs = Math.max(nowMs, next.atMs());
        return timers.poll();
    }
}
