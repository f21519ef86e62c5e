package io.millrace.benchmarks.compare.driver;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Does the tasks, and says the figures. */
final class Works {
    /** As long as it takes until a new number of callers has spread itself. */
    private static final long SETTLE_MS = 500;

    /** As many as it takes to fill a backlog soon, with every system. */
    private static final int ENQUEUERS = 64;

    /** A longer workflow has so many steps more than a short one when the cost of one is measured. */
    static final int MORE_STEPS = 20;

    /** Fewer are no median; where a call takes a second, more would take a minute. */
    private static final int FEWEST_SAMPLES = 5;

    /** As large as a small JSON document. */
    private static final String PAYLOAD = "x".repeat(98);

    private final Peer peer;

    Works(Peer peer) {
        this.peer = peer;
    }

    void run(Task task) throws Exception {
        switch (task.kind()) {
            case WARM_UP -> {
                new Callers(() -> call(task.steps())).run(task.callers(), 0, task.amount());
                peer.awaitSettled();
            }
            case RATE -> rate(task);
            case LATENCY -> latency(task);
            case STEP -> step(task);
            case DRAIN -> drain(task);
        }
    }

    private void rate(Task task) throws Exception {
        Callers.Counted counted = new Callers(() -> call(task.steps())).run(task.callers(), SETTLE_MS, task.amount());
        long answered = System.nanoTime();
        if (peer.awaitSettled()) {
            long behind = System.nanoTime() - answered;
            Line.say(Line.BEHIND_MS, behind / 1e6);
            Line.say(Line.PER_SECOND, Math.min(counted.perSecond(), counted.keptUpWith(behind)));
        } else {
            Line.say(Line.PER_SECOND, counted.perSecond());
        }
    }

    private void latency(Task task) throws Exception {
        Samples samples = samples(task.steps(), task.amount());
        Line.say(Line.P50_MS, samples.percentileMs(50));
        Line.say(Line.P99_MS, samples.percentileMs(99));
        Line.say(Line.SAMPLES, samples.nanos().length);
    }

    private void step(Task task) throws Exception {
        Samples few = samples(task.steps(), task.amount());
        Samples many = samples(task.steps() + MORE_STEPS, task.amount());
        Line.say(Line.P50_MS, (many.percentileMs(50) - few.percentileMs(50)) / MORE_STEPS);
        Line.say(Line.SAMPLES, many.nanos().length);
    }

    private Samples samples(int steps, int millis) throws Exception {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long[] nanos = new long[1_024];
        int number = 0;
        while (number < FEWEST_SAMPLES || System.nanoTime() < until) {
            long began = System.nanoTime();
            call(steps);
            long took = System.nanoTime() - began;
            if (number == nanos.length) {
                nanos = Arrays.copyOf(nanos, number * 2);
            }
            nanos[number++] = took;
        }
        return new Samples(Arrays.copyOf(nanos, number));
    }

    private void drain(Task task) throws Exception {
        long began = System.nanoTime();
        Callers.exactly(task.amount(), ENQUEUERS, () -> peer.enqueue(PAYLOAD));
        peer.awaitSettled();
        Line.say(Line.ENQUEUED_PER_SECOND, task.amount() * 1e9 / (System.nanoTime() - began));
        // Whoever started this process tells the worker, which answers within milliseconds of what takes seconds.
        long opened = System.nanoTime();
        Line.say(Line.BACKLOG_READY, task.amount());
        peer.awaitDrained();
        Line.say(Line.PER_SECOND, task.amount() * 1e9 / (System.nanoTime() - opened));
    }

    private void call(int steps) throws Exception {
        String result = peer.run(steps, PAYLOAD);
        if (!PAYLOAD.equals(result)) {
            throw new IllegalStateException("a workflow returned something else than its payload: " + result);
        }
    }
}
