package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.benchmarks.load.progress.ProgressBar;
import java.io.IOException;

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
        return ProcessCluster.run(plan.cluster(), bar::say, cluster -> phases(cluster, setting));
    }

    private LoadReport phases(ProcessCluster cluster, Setting setting) throws IOException, InterruptedException {
        try (LoadPhases phases = LoadPhases.open(plan, cluster, bar)) {
            return phases.run(setting);
        }
    }
}
