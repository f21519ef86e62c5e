package io.millrace.benchmarks.load;

import io.millrace.benchmarks.load.progress.Depth;
import io.millrace.benchmarks.process.Periodic;
import java.time.Duration;

/** What happens by the clock while it drains: workers are killed, and urgent workflows are started. */
final class DrainTimer implements AutoCloseable {
    private static final Duration PROBE_EVERY = Duration.ofSeconds(1);

    private final Periodic timer = new Periodic("drain-timer");

    DrainTimer(LoadPlan plan, WorkerFleet fleet, Depth.Recorder depth) {
        plan.killWorkerEvery()
                .ifPresent(every -> timer.each(every, () -> {
                    fleet.killOne();
                    depth.mark(System.nanoTime(), "worker killed");
                }));
    }

    /** Starts a probe each second. */
    void probe(StartProbes probes) {
        timer.each(PROBE_EVERY, probes::start);
    }

    /** Returns when nothing happens any more. */
    @Override
    public void close() {
        timer.close();
    }
}
