package io.millrace.benchmarks.feed;

import io.millrace.benchmarks.figures.Spans;
import java.time.Duration;
import java.util.List;

/** Ends a run that gets nowhere, with a word on where to look. */
public final class Watchdog {
    /** Longer than a lease and a rebalance, and than a slow queue needs for its next one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Runnable> checks;
    private final String logs;
    private long lastCount = -1;
    private long lastChange = System.nanoTime();

    /**
     * A watchdog for one phase.
     *
     * @param checks throw when something has ended that must not
     * @param logs where to look
     */
    public Watchdog(List<Runnable> checks, String logs) {
        this.checks = List.copyOf(checks);
        this.logs = logs;
    }

    /** To be called again and again with a count that should grow. */
    public void check(long count) {
        checks.forEach(Runnable::run);
        long now = System.nanoTime();
        if (count != lastCount) {
            lastCount = count;
            lastChange = now;
        } else if (now - lastChange > PATIENCE.toNanos()) {
            throw new IllegalStateException(
                    "nothing has happened for " + Spans.text(PATIENCE) + ", at " + count + ": see the logs in " + logs);
        }
    }
}
