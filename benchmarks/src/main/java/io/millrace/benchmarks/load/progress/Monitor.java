package io.millrace.benchmarks.load.progress;

import io.millrace.benchmarks.process.Periodic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Looks at everything a few times a second: shows it, and remembers depth and memory. */
public final class Monitor implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** Memory only grows here: once a second is enough. */
    private static final int LOOKS_PER_MEMORY = 4;

    /** The rate that is shown is that of so many looks. */
    private static final int LOOKS_PER_RATE = 8;

    /** Counts that everybody sees. */
    public record Counts(LongSupplier accepted, LongSupplier ended) {}

    /** What goes on. */
    public record Phase(String name, LongSupplier done, long total) {}

    private record Look(long nanos, long done) {}

    private final ProgressBar bar;
    private final Counts counts;
    private final Runnable lookAtMemory;
    private final Depth.Recorder depth;
    private final Deque<Look> looks = new ArrayDeque<>();
    private final Periodic timer = new Periodic("monitor");
    private volatile boolean recording;
    private Phase phase = new Phase("start", () -> 0, 0);
    private int look;

    /** Begins to look. */
    public Monitor(ProgressBar bar, Counts counts, Depth.Recorder depth, Runnable lookAtMemory) {
        this.bar = bar;
        this.counts = counts;
        this.depth = depth;
        this.lookAtMemory = lookAtMemory;
        timer.each(LOOK_EVERY, this::look);
    }

    /** From now on this is done; the depth is recorded while a phase goes on. */
    public synchronized void begin(Phase next) {
        phase = next;
        looks.clear();
        recording = true;
        recordDepth();
        depth.mark(System.nanoTime(), next.name());
    }

    /** Nothing that is counted goes on. */
    public synchronized void end() {
        recordDepth();
        recording = false;
    }

    private synchronized void look() {
        if (look++ % LOOKS_PER_MEMORY == 0) {
            lookAtMemory.run();
        }
        if (recording) {
            recordDepth();
            long now = System.nanoTime();
            bar.show(progress(now), now);
        }
    }

    private void recordDepth() {
        depth.depth(
                System.nanoTime(),
                counts.accepted().getAsLong() - counts.ended().getAsLong());
    }

    private Progress progress(long now) {
        Look newest = new Look(now, phase.done().getAsLong());
        looks.addLast(newest);
        if (looks.size() > LOOKS_PER_RATE) {
            looks.removeFirst();
        }
        Look oldest = looks.getFirst();
        double seconds = (now - oldest.nanos()) / 1e9;
        return new Progress(
                phase.name(),
                newest.done(),
                phase.total(),
                counts.accepted().getAsLong(),
                counts.ended().getAsLong(),
                seconds == 0 ? 0 : (newest.done() - oldest.done()) / seconds);
    }

    @Override
    public void close() {
        timer.close();
    }
}
