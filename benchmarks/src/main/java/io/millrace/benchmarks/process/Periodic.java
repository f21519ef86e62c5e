package io.millrace.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does things again and again, one at a time, on a thread of its own. What throws is not done again. */
public final class Periodic implements AutoCloseable {
    /** What is done may have to wait for a process that collects its garbage, or for one that ends. */
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    private final ScheduledExecutorService timer;

    /** On a thread of this name, which does not keep the program alive. */
    public Periodic(String name) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does it as often as this, for the first time when that has passed once. */
    public void each(Duration period, Runnable action) {
        schedule(period, period, action);
    }

    /** Does it now, and as often as this. */
    public void nowAndEach(Duration period, Runnable action) {
        schedule(Duration.ZERO, period, action);
    }

    private void schedule(Duration first, Duration period, Runnable action) {
        timer.scheduleAtFixedRate(action, first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when nothing is done any more. What is being done is not interrupted: it would be left half done. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
