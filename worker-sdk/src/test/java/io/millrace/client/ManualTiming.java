package io.millrace.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Time that goes by when it is told to. Not thread-safe. */
final class ManualTiming implements Timing {
    private record Alarm(long dueNanos, long number, Runnable action) {}

    private final PriorityQueue<Alarm> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::dueNanos).thenComparingLong(Alarm::number));
    private long nowNanos;
    private long alarmsSet;

    /** Each pause that was asked for. */
    final List<Duration> pauses = new ArrayList<>();

    @Override
    public long nanos() {
        return nowNanos;
    }

    @Override
    public void after(Duration pause, Runnable action) {
        pauses.add(pause);
        alarms.add(new Alarm(nowNanos + pause.toNanos(), alarmsSet++, action));
    }

    /** Lets so much time go by, and runs what is due in it, when it is due. */
    void advance(Duration time) {
        long end = nowNanos + time.toNanos();
        while (!alarms.isEmpty() && alarms.peek().dueNanos() <= end) {
            Alarm next = alarms.remove();
            nowNanos = Math.max(nowNanos, next.dueNanos());
            next.action().run();
        }
        nowNanos = end;
    }

    /** Lets so much time go by at once: what is due in it is late. */
    void stall(Duration time) {
        nowNanos += time.toNanos();
        advance(Duration.ZERO);
    }

    int pending() {
        return alarms.size();
    }
}
