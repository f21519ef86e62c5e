package io.millrace.benchmarks.bench;

import io.millrace.worker.RetryPolicy;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.WorkflowContext;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The workflows that are measured: steps that do nothing, so that what is left is Millrace. */
public final class BenchWorkflows {
    public static final String QUEUE = "bench";
    public static final String STEPS = "bench.steps";
    public static final String PROBE = "bench.probe";

    /** When each step of the probe began, by {@link System#nanoTime}. */
    private final ConcurrentLinkedQueue<Long> stepBeginnings = new ConcurrentLinkedQueue<>();

    /** What a workflow is given: how many steps, and what each is to return. */
    public record Input(int steps, String payload) {}

    public WorkerBuilder register(WorkerBuilder worker) {
        return worker.queue(QUEUE)
                .workflow(STEPS, Input.class, BenchWorkflows::runSteps)
                .workflow(PROBE, Input.class, this::runProbe);
    }

    /** The times between the beginnings of the probe's steps so far, in nanoseconds; they are then forgotten. */
    public long[] takeStepIntervals() {
        Long[] beginnings = stepBeginnings.toArray(Long[]::new);
        stepBeginnings.clear();
        long[] intervals = new long[Math.max(0, beginnings.length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = beginnings[i + 1] - beginnings[i];
        }
        return intervals;
    }

    private static String runSteps(WorkflowContext ctx, Input input) {
        String last = "";
        for (int i = 1; i <= input.steps(); i++) {
            last = ctx.step("step-" + i, String.class, RetryPolicy.NONE, input::payload);
        }
        return last;
    }

    private Integer runProbe(WorkflowContext ctx, Input input) {
        for (int i = 1; i <= input.steps(); i++) {
            ctx.step("step-" + i, String.class, RetryPolicy.NONE, () -> {
                stepBeginnings.add(System.nanoTime());
                return input.payload();
            });
        }
        return input.steps();
    }
}
