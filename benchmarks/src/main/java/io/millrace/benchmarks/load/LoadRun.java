package io.millrace.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;

/** One run: where it goes is set up, the phases follow one another, and all is cleared away. */
final class LoadRun {
    private final LoadPlan plan;
    private final ProgressBar bar;

    LoadRun(LoadPlan plan, ProgressBar bar) {
        this.plan = plan;
        this.bar = bar;
    }

    LoadReport run() throws IOException, InterruptedException {
        Setting setting = Setting.now();
        bar.say(plan.selfContained() ? "starting a broker and an engine ..." : "connecting ...");
        LoadCluster cluster = LoadCluster.start(plan);
        Thread onSignal = new Thread(() -> close(cluster), "clear-away");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            LoadReport report = phases(cluster, setting);
            cluster.close();
            return report;
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.closeKeepingLogs();
            bar.say("the logs of all processes are in " + cluster.directory());
            throw e;
        } finally {
            forget(onSignal);
        }
    }

    private LoadReport phases(LoadCluster cluster, Setting setting) throws IOException, InterruptedException {
        try (LoadPhases phases = LoadPhases.open(plan, cluster, bar)) {
            return phases.run(setting);
        }
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException stopping) {
            // It is running already: a signal ends this program.
        }
    }

    private static void close(LoadCluster cluster) {
        try {
            cluster.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
