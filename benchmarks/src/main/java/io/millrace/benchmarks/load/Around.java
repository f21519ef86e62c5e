package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.Ends;
import io.millrace.benchmarks.feed.ProbeIds;
import io.millrace.benchmarks.feed.RunIds;
import io.millrace.benchmarks.load.progress.ProgressBar;

/**
 * What the phases of a run have in common.
 *
 * @param probeIds the ids of workflows that are not of the load
 * @param pipe takes commands
 * @param ends what of the load has ended
 */
record Around(
        LoadPlan plan,
        ProcessCluster cluster,
        Target target,
        RunIds ids,
        ProbeIds probeIds,
        CommandPipe pipe,
        Ends ends,
        WorkerFleet fleet,
        ProgressBar bar) {

    /** Throws when something has ended by itself that is needed. */
    void requireAlive() {
        cluster.requireAlive();
        fleet.requireAlive();
        pipe.requireAlive();
    }

    String logs() {
        return cluster.directory().toString();
    }
}
