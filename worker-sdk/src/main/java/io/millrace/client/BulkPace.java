package io.millrace.client;

import java.time.Duration;

/**
 * When the next one may be sent, so that in no second there are more than so many. Evenly spread: a burst would be answered no sooner, and
 * keep everyone else waiting. Not thread-safe.
 */
final class BulkPace {
    /** How late a timer may be for nothing to be lost: what was missed is made up for. */
    static final Duration SLACK = Duration.ofMillis(20);

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Timing timing;
    private final long intervalNanos;
    private long nextNanos;

    BulkPace(int perSecond, Timing timing) {
        // What is made up for comes on top of one second's share, so the share is so much smaller. Rounded up, to stay
        // below the rate.
        this.intervalNanos = (SECOND_NANOS + SLACK.toNanos()) / perSecond + 1;
        this.timing = timing;
        this.nextNanos = timing.nanos();
    }

    /**
     * Takes the right to send one now.
     *
     * @return zero if it was given; else how many nanoseconds to wait before asking again
     */
    long take() {
        long now = timing.nanos();
        if (nextNanos - now > 0) {
            return nextNanos - now;
        }
        nextNanos = Math.max(nextNanos - now, -SLACK.toNanos()) + now + intervalNanos;
        return 0;
    }

    /** Runs the action after so many nanoseconds. */
    void after(long nanos, Runnable action) {
        timing.after(Duration.ofNanos(nanos), action);
    }
}
