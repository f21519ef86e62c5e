package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.RunIds;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.client.EnqueuedQuery;
import io.millrace.client.MillraceClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a backlog is like for those who look at it: how long a cancel in its middle takes, a look at it, and a restart of the engine. */
final class BacklogProbes {
    private static final int CANCELS = 100;
    private static final int PAGES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LoadPlan plan;
    private final ProcessCluster cluster;
    private final Target target;
    private final RunIds ids;

    BacklogProbes(LoadPlan plan, ProcessCluster cluster, Target target, RunIds ids) {
        this.plan = plan;
        this.cluster = cluster;
        this.target = target;
        this.ids = ids;
    }

    /**
     * How long the engine was away.
     *
     * @param what was done to it
     * @param seconds from the start of its process until it answered and accepted
     */
    record Restart(String what, double seconds) {}

    /** Cancels some in the middle, one at a time, and lists the queue. */
    List<Latencies> look() {
        try (MillraceClient client = Serving.client(target, PATIENCE)) {
            Latencies cancels = Latencies.of("cancel of one in the middle", cancelled(), i -> cancel(client, i));
            String queue = plan.queue().queue;
            Latencies pages =
                    Latencies.of("first page of the queue", PAGES, i -> client.enqueued(queue, EnqueuedQuery.all()));
            return List.of(cancels, pages);
        }
    }

    /** Stops and starts the engine with its stores, and then without. */
    List<Restart> restart(CommandPipe pipe, Serving serving) throws InterruptedException, IOException {
        try (MillraceClient patient = Serving.patientClient(target)) {
            cluster.stopEngine();
            Restart orderly = start("stopped and started", pipe, patient, serving);
            cluster.destroyEngine();
            return List.of(orderly, start("killed, and its stores deleted", pipe, patient, serving));
        }
    }

    /** How many workflows {@link #look} has cancelled. */
    int cancelled() {
        return Math.min(CANCELS, plan.workflows());
    }

    private Restart start(String what, CommandPipe pipe, MillraceClient patient, Serving serving)
            throws InterruptedException {
        long began = System.nanoTime();
        cluster.startEngine();
        serving.await(pipe, patient, cluster::requireAlive);
        return new Restart(what, (System.nanoTime() - began) / 1e9);
    }

    private void cancel(MillraceClient client, int number) {
        int first = (plan.workflows() - cancelled()) / 2;
        client.workflow(ids.workflow(first + number), Void.class).cancel();
    }
}
