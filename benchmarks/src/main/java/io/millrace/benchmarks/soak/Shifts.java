package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.cluster.JavaProcess;
import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Workers that come and go: one stays for good, and can be looked at all the time; the others leave by turns in order, and killed. */
final class Shifts implements AutoCloseable {
    private static final List<String> JAVA = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private final Target target;
    private final ProcessCluster cluster;
    private final JavaProcess steady;
    private final Deque<JavaProcess> others = new ArrayDeque<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "shifts");
        thread.setDaemon(true);
        return thread;
    });
    private int started;
    private int stopped;
    private int killed;

    /** Starts so many. */
    Shifts(ProcessCluster cluster, Target target, int workers) {
        this.cluster = cluster;
        this.target = target;
        this.steady = start("worker-steady");
        for (int i = 1; i < workers; i++) {
            others.add(startNext());
        }
    }

    /** From now on one of them goes as often as this, and another one comes. */
    void beginChanges(Duration every) {
        timer.scheduleAtFixedRate(this::change, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The one that stays. */
    JavaProcess steady() {
        return steady;
    }

    /** Throws when one has ended by itself. */
    synchronized void requireAlive() {
        steady.requireAlive();
        others.forEach(JavaProcess::requireAlive);
    }

    /** How many came and went, for a person. */
    synchronized String words() {
        return stopped + " stopped in order, " + killed + " killed, each with another one in its place";
    }

    private synchronized void change() {
        JavaProcess oldest = others.removeFirst();
        others.addLast(startNext());
        if ((stopped + killed) % 2 == 0) {
            stop(oldest);
            stopped++;
        } else {
            oldest.kill();
            killed++;
        }
    }

    private JavaProcess startNext() {
        started++;
        return start("worker-" + started);
    }

    private JavaProcess start(String name) {
        return JavaProcess.start(
                name,
                cluster.directory(),
                JAVA,
                List.of(
                        SoakWorker.class.getName(),
                        target.bootstrapServers(),
                        target.namespace().name()));
    }

    private static void stop(JavaProcess worker) {
        try {
            worker.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops all of them. */
    @Override
    public void close() {
        timer.shutdownNow();
        synchronized (this) {
            others.forEach(JavaProcess::beginStop);
            steady.beginStop();
            others.forEach(Shifts::stop);
            stop(steady);
        }
    }
}
