package io.millrace.engine.queue;

import java.util.HashMap;
import java.util.Map;

/** How many workflows of each queue began and ended in the last minute, as far as this instance has seen. Gone with the process. */
public final class QueueTraffic {
    private static final int SECONDS = 60;

    private final Map<String, Counts> queues = new HashMap<>();

    /** What happened in each of the last seconds. */
    private static final class Counts {
        private final long[] seconds = new long[SECONDS];
        private final int[] begun = new int[SECONDS];
        private final int[] ended = new int[SECONDS];

        private int at(long nowMs) {
            long second = nowMs / 1_000;
            int slot = (int) (second % SECONDS);
            if (seconds[slot] != second) {
                seconds[slot] = second;
                begun[slot] = 0;
                ended[slot] = 0;
            }
            return slot;
        }

        private long sum(int[] counts, long nowMs) {
            long sum = 0;
            for (int slot = 0; slot < SECONDS; slot++) {
                sum += nowMs / 1_000 - seconds[slot] < SECONDS ? counts[slot] : 0;
            }
            return sum;
        }
    }

    /** A workflow has begun. */
    public void begun(String queue, long nowMs) {
        Counts counts = counts(queue);
        counts.begun[counts.at(nowMs)]++;
    }

    /** A workflow has ended. */
    public void ended(String queue, long nowMs) {
        Counts counts = counts(queue);
        counts.ended[counts.at(nowMs)]++;
    }

    /** How many began in the last minute. */
    public long begunLastMinute(String queue, long nowMs) {
        Counts counts = queues.get(queue);
        return counts == null ? 0 : counts.sum(counts.begun, nowMs);
    }

    /** How many ended in the last minute. */
    public long endedLastMinute(String queue, long nowMs) {
        Counts counts = queues.get(queue);
        return counts == null ? 0 : counts.sum(counts.ended, nowMs);
    }

    private Counts counts(String queue) {
        return queues.computeIfAbsent(queue, unused -> new Counts());
    }
}
