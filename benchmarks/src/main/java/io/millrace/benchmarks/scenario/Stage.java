package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.client.MillraceClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a turn of a scenario has at hand; its workers are gone when it is closed. */
final class Stage implements AutoCloseable {
    /** A worker does little here, and shall not take the memory of what is measured. */
    private static final List<String> WORKER_JAVA = List.of("-Xmx384m", "-XX:+UseSerialGC");

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final ProcessCluster cluster;
    private final Target target;
    private final MillraceClient client;
    private final int number;
    private final List<JavaProcess> workers = new ArrayList<>();

    Stage(ProcessCluster cluster, Target target, MillraceClient client, int number) {
        this.cluster = cluster;
        this.target = target;
        this.client = client;
        this.number = number;
    }

    ProcessCluster cluster() {
        return cluster;
    }

    Target target() {
        return target;
    }

    MillraceClient client() {
        return client;
    }

    /** How many workflows, or steps. */
    int number() {
        return number;
    }

    /** Where the logs are. */
    String logs() {
        return cluster.directory().toString();
    }

    /** Where a worker of this name writes which workflow has come to its code, and when. */
    Path arrivals(String worker) {
        return cluster.directory().resolve(worker + ".arrivals");
    }

    /** Is there as long as a worker of this name works. */
    Path ready(String worker) {
        return cluster.directory().resolve(worker + ".ready");
    }

    /** Starts a process of a worker, and returns when it works. */
    JavaProcess worker(String name, int slots) throws IOException, InterruptedException {
        Path ready = ready(name);
        Files.deleteIfExists(ready);
        Files.deleteIfExists(arrivals(name));
        JavaProcess worker = JavaProcess.start(
                name,
                cluster.directory(),
                WORKER_JAVA,
                List.of(
                        ScenarioWorker.class.getName(),
                        target.bootstrapServers(),
                        target.namespace().name(),
                        Integer.toString(slots),
                        arrivals(name).toString(),
                        ready.toString()));
        workers.add(worker);
        await("the worker to start", LONGEST_START, () -> {
            worker.requireAlive();
            return Files.exists(ready);
        });
        return worker;
    }

    /** Kills a worker. */
    void kill(JavaProcess worker) {
        worker.kill();
        workers.remove(worker);
    }

    /** Throws when something has ended by itself that is needed. */
    void requireAlive() {
        cluster.requireAlive();
        workers.forEach(JavaProcess::requireAlive);
    }

    /** Returns when something is so, and throws if it is not in time. */
    void await(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "waited " + atMost.toSeconds() + " s for " + what + ": see the logs in " + logs());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public void close() {
        JavaProcess.stopAll(workers);
    }
}
