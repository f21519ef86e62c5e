package io.millrace.benchmarks.load;

/**
 * What the phases of a run have in common.
 *
 * @param probeIds the ids of workflows that are not of the load
 * @param pipe takes commands
 * @param ends what of the load has ended
 */
record Around(
        LoadPlan plan,
        LoadCluster cluster,
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
