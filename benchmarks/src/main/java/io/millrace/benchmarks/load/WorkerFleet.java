package io.millrace.benchmarks.load;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.ResidentMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The worker processes. Thread-safe: they are killed by one thread and looked at by another. */
final class WorkerFleet implements AutoCloseable {
    /** A worker does little, and shall not take the memory of what is measured. */
    private static final List<String> JAVA = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /** Which worker is killed: always the same in the same run. */
    private static final int SEED = 17;

    private final LoadPlan plan;
    private final ProcessCluster cluster;
    private final List<JavaProcess> running = new ArrayList<>();
    private final Random random = new Random(SEED);
    private int started;
    private int killed;

    WorkerFleet(LoadPlan plan, ProcessCluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
    }

    /** Starts them, or lets those work that rest. */
    synchronized void startAll() {
        running.forEach(worker -> worker.tell(WorkerProcess.WORK));
        while (running.size() < plan.options().workers) {
            add();
        }
    }

    /** They are no workers for now, and keep what their Java has learnt. */
    synchronized void restAll() {
        running.forEach(worker -> worker.tell(WorkerProcess.REST));
    }

    synchronized void add() {
        started++;
        List<String> program = new ArrayList<>(List.of(
                WorkerProcess.class.getName(),
                cluster.bootstrapServers(),
                plan.options().kafka.namespace(),
                plan.queue().queue,
                Integer.toString(plan.options().slots),
                plan.stepTime().toString()));
        if (!plan.selfContained()) {
            plan.options().kafka.config().map(Path::toString).ifPresent(program::add);
        }
        JavaProcess worker = JavaProcess.start("worker-" + started, cluster.directory(), JAVA, program);
        worker.tell(WorkerProcess.WORK);
        running.add(worker);
    }

    /** SIGKILL for one of them, and another one in its place. */
    synchronized void killOne() {
        if (!running.isEmpty()) {
            running.remove(random.nextInt(running.size())).kill();
            killed++;
            add();
        }
    }

    synchronized int killed() {
        return killed;
    }

    synchronized void requireAlive() {
        running.forEach(JavaProcess::requireAlive);
    }

    synchronized void lookAt(ResidentMemory memory) {
        running.forEach(worker -> memory.look("largest worker", worker.pid()));
    }

    /** Stops them in order, all at once. */
    @Override
    public synchronized void close() {
        JavaProcess.stopAll(running);
        running.clear();
    }
}
