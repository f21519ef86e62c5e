package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.feed.CommandPipe;
import io.millrace.benchmarks.feed.EndReader;
import io.millrace.benchmarks.feed.Ends;
import io.millrace.benchmarks.feed.Enqueuer;
import io.millrace.benchmarks.feed.ProbeIds;
import io.millrace.benchmarks.feed.RunIds;
import io.millrace.benchmarks.feed.Watchdog;
import io.millrace.benchmarks.figures.CpuCost;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.figures.Setting;
import io.millrace.benchmarks.figures.Tally;
import io.millrace.benchmarks.load.LoadPlan.Drain;
import io.millrace.benchmarks.load.progress.Depth;
import io.millrace.benchmarks.load.progress.Monitor;
import io.millrace.benchmarks.load.progress.ProgressBar;
import io.millrace.benchmarks.process.ResidentMemory;
import io.millrace.schemas.Command;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.SetQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The phases of a run: the idle queue, filling it, looking at the backlog, draining it. */
final class LoadPhases implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final LoadPlan plan;
    private final Around around;
    private final Serving serving;
    private final Tally accepted;
    private final ResidentMemory memory = new ResidentMemory();
    private final List<Latencies> latencies = new ArrayList<>();
    private final List<CpuCost> costs = new ArrayList<>();
    private final List<BacklogProbes.Restart> restarts = new ArrayList<>();

    private LoadPhases(Around around, Serving serving, Tally accepted) {
        this.plan = around.plan();
        this.around = around;
        this.serving = serving;
        this.accepted = accepted;
    }

    /** Returns when the engine answers. */
    static LoadPhases open(LoadPlan plan, ProcessCluster cluster, ProgressBar bar)
            throws InterruptedException, IOException {
        // A Kafka of its own has no security, so nothing is to be set for it.
        Map<String, String> kafka =
                plan.selfContained() ? Map.of() : plan.options().kafka.properties();
        Target target = cluster.target(kafka);
        RunIds ids = RunIds.random();
        ProbeIds probeIds = new ProbeIds(ids);
        Serving serving = new Serving(plan, target, probeIds);
        serving.awaitAnswers(cluster::requireAlive);
        Tally accepted = new Tally(plan.workflows());
        CommandPipe pipe = new CommandPipe(target, ids, accepted);
        WorkerFleet fleet = new WorkerFleet(plan, cluster);
        Ends ends = new Ends(plan.workflows());
        return new LoadPhases(
                new Around(plan, cluster, target, ids, probeIds, pipe, ends, fleet, bar), serving, accepted);
    }

    /** Runs all of them. */
    LoadReport run(Setting setting) throws IOException, InterruptedException {
        if (plan.declaresQueue()) {
            declareQueue(plan.queue().settings());
        }
        if (plan.probes().list) {
            try (ListProbes lists = new ListProbes(around)) {
                lists.declareQueues();
            }
        }
        if (plan.options().warmUp > 0) {
            around.bar().say("warming up ...");
            new WarmUp(around).run(plan.options().warmUp);
        }
        if (plan.probes().idle > 0) {
            around.bar().say("probing the idle queue ...");
            latencies.addAll(DrainWatch.ofIdleQueue(around, plan.probes().idle));
        }
        Depth.Recorder depth = new Depth.Recorder(System.nanoTime());
        Monitor.Counts counts = new Monitor.Counts(accepted::count, around.ends()::count);
        LoadReport.Drained drained;
        try (Monitor monitor = new Monitor(around.bar(), counts, depth, this::lookAtMemory)) {
            drained = plan.drain() == Drain.DURING ? drainDuring(monitor, depth) : drainAfter(monitor, depth);
            lookAtMemory();
        }
        return report(setting, drained, depth.depth());
    }

    private LoadReport.Drained drainDuring(Monitor monitor, Depth.Recorder depth) throws InterruptedException {
        try (DrainWatch drain = new DrainWatch(around, depth)) {
            enqueue(monitor);
            return drain(drain, monitor);
        }
    }

    private LoadReport.@Nullable Drained drainAfter(Monitor monitor, Depth.Recorder depth)
            throws IOException, InterruptedException {
        enqueue(monitor);
        monitor.end();
        lookAtBacklog();
        if (!plan.drains()) {
            return null;
        }
        try (DrainWatch drain = new DrainWatch(around, depth)) {
            return drain(drain, monitor);
        }
    }

    private void enqueue(Monitor monitor) {
        monitor.begin(new Monitor.Phase("enqueue", accepted::count, plan.workflows()));
        accepted.begin(System.nanoTime());
        Map<String, Long> cpu = around.cluster().cpuNanos();
        new Enqueuer(plan.batch(), around.pipe(), new Watchdog(List.of(around::requireAlive), around.logs())).run();
        costs.add(CpuCost.between("enqueue", cpu, around.cluster().cpuNanos(), plan.workflows()));
    }

    private LoadReport.Drained drain(DrainWatch drain, Monitor monitor) throws InterruptedException {
        monitor.begin(new Monitor.Phase("drain", around.ends()::count, plan.workflows()));
        Map<String, Long> cpu = around.cluster().cpuNanos();
        long before = around.ends().count();
        LoadReport.Drained drained = drain.await();
        costs.add(CpuCost.between("drain", cpu, around.cluster().cpuNanos(), plan.workflows() - before));
        monitor.end();
        latencies.addAll(drain.latencies());
        return drained;
    }

    private void lookAtBacklog() throws IOException, InterruptedException {
        BacklogProbes probes = new BacklogProbes(plan, around.cluster(), around.target(), around.ids());
        if (plan.probesBacklog()) {
            around.bar().say("looking at the backlog ...");
            EndReader reader = new EndReader(around.target(), around.ids(), around.ends());
            latencies.addAll(probes.look());
            reader.awaitEnds(probes.cancelled(), ANSWER_WITHIN);
            reader.close();
        }
        if (plan.probes().list) {
            around.bar().say("listing and counting ...");
            try (ListProbes lists = new ListProbes(around)) {
                latencies.addAll(lists.look());
            }
        }
        if (plan.probes().restartEngine) {
            around.bar().say("restarting the engine, with and without its stores ...");
            restarts.addAll(probes.restart(around.pipe(), serving));
        }
    }

    private void declareQueue(QueueSettings settings) throws InterruptedException {
        Command command = around.pipe().blank(around.probeIds().next());
        command.setSetQueue(new SetQueue(settings, false));
        try {
            var reply = around.pipe().request(settings.getQueue(), command);
            Serving.requireAccepted(reply.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the engine did not answer to the settings of the queue", e);
        }
    }

    private void lookAtMemory() {
        around.cluster().lookAt(memory);
        around.fleet().lookAt(memory);
        memory.look("this program", ProcessHandle.current().pid());
    }

    private LoadReport report(Setting setting, LoadReport.@Nullable Drained drained, Depth depth) {
        return new LoadReport(
                plan.words(),
                plan.processes(),
                setting,
                accepted.rates(),
                drained,
                List.copyOf(costs),
                List.copyOf(latencies),
                List.copyOf(restarts),
                memory.peaks(),
                depth);
    }

    @Override
    public void close() {
        around.fleet().close();
        around.pipe().close();
    }
}
