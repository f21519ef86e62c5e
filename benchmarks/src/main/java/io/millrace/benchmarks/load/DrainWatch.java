package io.millrace.benchmarks.load;

import io.millrace.benchmarks.feed.EndReader;
import io.millrace.benchmarks.feed.Watchdog;
import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.load.progress.Depth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The workers run, and the backlog ends. */
final class DrainWatch implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Around around;
    private final Depth.Recorder depth;
    private final EndReader reader;
    private final StartProbes probes;
    private final DrainTimer timer;
    private final long beganAt;
    private boolean oneMoreAdded;
    private boolean probing;

    /** Starts the workers. */
    DrainWatch(Around around, Depth.Recorder depth) {
        this.around = around;
        this.depth = depth;
        around.ends().beginDrain();
        this.reader = new EndReader(around.target(), around.ids(), around.ends());
        this.probes = new StartProbes(around.plan(), around.pipe(), reader, around.probeIds());
        this.timer = new DrainTimer(around.plan(), around.fleet(), depth);
        this.beganAt = System.nanoTime();
        around.fleet().startAll();
    }

    /** Returns when all workflows of the load have ended. */
    LoadReport.Drained await() throws InterruptedException {
        int workflows = around.plan().workflows();
        Watchdog watchdog = new Watchdog(List.of(around::requireAlive, reader::requireAlive), around.logs());
        while (around.ends().count() < workflows) {
            watchdog.check(around.ends().count());
            probeOnceItDrains();
            addOneMore(around.ends().count() / (double) workflows);
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        timer.close();
        probes.awaitAll();
        return new LoadReport.Drained(
                around.ends().drained(),
                around.ends().secondsToFirst(beganAt),
                around.ends().byStatus(),
                around.fleet().killed());
    }

    /** How soon the urgent ones ran; empty where there were none. */
    List<Latencies> latencies() {
        if (!around.plan().startsUrgentOnes()) {
            return List.of();
        }
        return probes.latencies(
                around.plan().priorities().isPresent() ? "while it drains, priority 1" : "while it drains");
    }

    /** What the workers take to start is not what an urgent one waits for. */
    private void probeOnceItDrains() {
        if (!probing && around.plan().startsUrgentOnes() && around.ends().hasDrained()) {
            probing = true;
            timer.probe(probes);
        }
    }

    private void addOneMore(double endedPart) {
        if (!oneMoreAdded && endedPart >= around.plan().addWorkerAt()) {
            oneMoreAdded = true;
            around.fleet().add();
            depth.mark(System.nanoTime(), "worker added");
        }
    }

    /** Lets go of the reader; the workers are somebody else's to stop. */
    @Override
    public void close() {
        timer.close();
        reader.close();
    }

    /** Runs workers on the idle queue for a while, and probes it. */
    static List<Latencies> ofIdleQueue(Around around, int number) throws InterruptedException {
        try (EndReader reader = new EndReader(around.target(), around.ids(), around.ends())) {
            around.fleet().startAll();
            StartProbes first = new StartProbes(around.plan(), around.pipe(), reader, around.probeIds());
            // The workers have yet to join; what that takes is not what is measured.
            first.oneAtATime(around.plan().options().workers);
            StartProbes probes = new StartProbes(around.plan(), around.pipe(), reader, around.probeIds());
            probes.oneAtATime(number);
            around.fleet().restAll();
            return probes.latencies("idle queue, one at a time");
        }
    }
}
