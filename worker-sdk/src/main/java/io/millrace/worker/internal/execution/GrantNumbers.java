package io.millrace.worker.internal.execution;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Which of one partition's numbered grants have come. Those of a queue's partition come by way of the workflows' own partitions, in
 * any order, and after an aborted transaction some may come twice or never.
 *
 * <p>Not thread-safe.
 */
final class GrantNumbers {
    /**
     * A number that is missing at a refresh and at the third one after it is given up. The engine sends a grant again that was not heard of for
     * 5 s, which is less than that with a lease of 10 s; and one that comes even later takes a slot all the same, or waits for one.
     */
    private static final int PATIENCE = 3;

    /**
     * So far ahead of those that have come can the next number be, by a wide margin: a partition makes no more grants than the worker has slots
     * before it hears of them, and a few more that an aborted transaction takes back.
     */
    private static final long MOST_UNDER_WAY = 1_000_000;

    /** No number up to this one is missing, but for those that were given up. */
    private long complete;
    /** What has come of those behind the first that is missing. */
    private final TreeSet<Long> ahead = new TreeSet<>();

    private long highest;
    /** Up to which number there were grants at the last refreshes, the oldest first. */
    private final long[] existedAtRefresh = new long[PATIENCE];

    /**
     * Whether a grant may have this number. One that is far ahead would make all that come after it look as if they had come, and in the end be no
     * number that the engine believes.
     */
    boolean mayBe(long number) {
        return number <= Math.max(highest, complete) + MOST_UNDER_WAY;
    }

    /** The grant of this number is there, or will never come. A second time says nothing new. */
    void saw(long number) {
        highest = Math.max(highest, number);
        if (number > complete) {
            ahead.add(number);
            closeUp();
        }
    }

    /**
     * To be called now and then: gives up what has been missing for too long.
     *
     * @param granted up to which number there are grants, here or on their way, as far as the engine has said; 0 if it has not
     */
    void refresh(long granted) {
        long longAgo = existedAtRefresh[0];
        System.arraycopy(existedAtRefresh, 1, existedAtRefresh, 0, PATIENCE - 1);
        existedAtRefresh[PATIENCE - 1] = Math.max(highest, granted);
        if (longAgo > complete) {
            complete = longAgo;
            closeUp();
        }
    }

    private void closeUp() {
        while (!ahead.isEmpty() && ahead.first() <= complete + 1) {
            complete = Math.max(complete, ahead.pollFirst());
        }
    }

    /** The number up to which none is missing. */
    long complete() {
        return complete;
    }

    /** How many beyond {@link #complete} have come. */
    int ahead() {
        return ahead.size();
    }

    @Override
    public String toString() {
        return complete + " and " + ahead + ", before " + Arrays.toString(existedAtRefresh);
    }
}
