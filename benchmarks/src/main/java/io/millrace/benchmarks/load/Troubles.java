package io.millrace.benchmarks.load;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What happens by the clock while it drains: workers are killed, and urgent workflows are started. */
final class Troubles implements AutoCloseable {
    private static final long PROBE_EVERY_MS = 1_000;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "troubles");
        thread.setDaemon(true);
        return thread;
    });

    Troubles(LoadPlan plan, WorkerFleet fleet, Depth.Recorder depth) {
        plan.killWorkerEvery()
                .ifPresent(every -> each(every.toMillis(), () -> {
                    fleet.killOne();
                    depth.mark(System.nanoTime(), "worker killed");
                }));
    }

    /** Starts a probe each second. */
    void probe(StartProbes probes) {
        each(PROBE_EVERY_MS, probes::start);
    }

    private void each(long periodMs, Runnable action) {
        timer.scheduleAtFixedRate(action, periodMs, periodMs, TimeUnit.MILLISECONDS);
    }

    /** Returns when nothing happens any more. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
