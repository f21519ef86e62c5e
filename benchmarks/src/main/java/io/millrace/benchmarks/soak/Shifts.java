package io.millrace.benchmarks.soak;

import io.millrace.benchmarks.cluster.ProcessCluster;
import io.millrace.benchmarks.cluster.Target;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.Periodic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Workers that come and go: one stays for good, and can be looked at all the time; the others leave by turns in order, and killed. */
final class Shifts implements AutoCloseable {
    private static final List<String> JAVA = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private final Target target;
    private final ProcessCluster cluster;
    private final JavaProcess steady;
    private final Deque<JavaProcess> others = new ArrayDeque<>();
    private final Periodic timer = new Periodic("shifts");
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
        timer.each(every, this::change);
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
            JavaProcess.stopAll(List.of(oldest));
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

    /** Stops all of them. */
    @Override
    public void close() {
        timer.close();
        synchronized (this) {
            List<JavaProcess> all = new ArrayList<>(others);
            all.add(steady);
            JavaProcess.stopAll(all);
        }
    }
}
