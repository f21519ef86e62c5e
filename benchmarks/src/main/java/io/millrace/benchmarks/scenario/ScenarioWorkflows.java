package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.bench.BenchWorkflows;
import io.millrace.benchmarks.figures.Spread;
import io.millrace.benchmarks.figures.WallClock;
import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the workers of scenarios can do. */
final class ScenarioWorkflows {
    static final String QUEUE = BenchWorkflows.QUEUE;

    /** Says how long its steps took from the beginning of one to the beginning of the next. */
    static final String CHAIN = "scenario.chain";

    /** Says when its last step began. */
    static final String LAST_STEP = "scenario.last-step";

    /** Its step goes on until the worker is told to let go. */
    static final String HOLD = "scenario.hold";

    /** Sleeps until a moment. */
    static final String SLEEPER = "scenario.sleeper";

    /** Steps at either end of a chain that are looked at: enough for a median, few enough to be of one place. */
    static final int WINDOW = 100;

    /** Before it, a workflow has yet to settle. */
    static final int EARLY = 10;

    private final Consumer<String> arrived;
    private final CountDownLatch released = new CountDownLatch(1);

    /**
     * Workflows of one worker.
     *
     * @param arrived is told the id of each workflow whose step holds
     */
    ScenarioWorkflows(Consumer<String> arrived) {
        this.arrived = arrived;
    }

    /**
     * Medians in milliseconds.
     *
     * @param earlyMs of the steps from {@link #EARLY} on, so many as {@link #WINDOW} says
     * @param lateMs of so many at the end
     * @param allMs of all but the first few
     */
    record Chain(double earlyMs, double lateMs, double allMs) {}

    /** Starts a workflow of so many steps. */
    static <T> WorkflowHandle<T> start(MillraceClient client, String type, int steps, Class<T> result) {
        return client.start(type, steps, result, StartOptions.generatedId().queue(QUEUE));
    }

    /** Runs a {@link #CHAIN} of so many steps. */
    static Chain runChain(MillraceClient client, int steps) {
        return Objects.requireNonNull(start(client, CHAIN, steps, Chain.class).result());
    }

    WorkerBuilder register(WorkerBuilder worker) {
        return new BenchWorkflows()
                .register(worker)
                .workflow(CHAIN, Integer.class, ScenarioWorkflows::chain)
                .workflow(LAST_STEP, Integer.class, ScenarioWorkflows::lastStep)
                .workflow(HOLD, Void.class, this::hold)
                .workflow(SLEEPER, Long.class, ScenarioWorkflows::sleep);
    }

    /** Steps that hold end. */
    void release() {
        released.countDown();
    }

    private static Chain chain(WorkflowContext ctx, Integer steps) {
        long[] begun = new long[steps];
        for (int i = 0; i < steps; i++) {
            int step = i;
            ctx.step("step", String.class, RetryPolicy.NONE, () -> {
                begun[step] = System.nanoTime();
                return "x";
            });
        }
        return new Chain(
                medianMs(begun, EARLY, EARLY + WINDOW),
                medianMs(begun, steps - WINDOW - 1, steps - 1),
                medianMs(begun, EARLY, steps - 1));
    }

    private static double medianMs(long[] begun, int from, int to) {
        double[] millis = new double[to - from];
        for (int i = from; i < to; i++) {
            millis[i - from] = (begun[i + 1] - begun[i]) / 1e6;
        }
        return Spread.median(millis);
    }

    private static long lastStep(WorkflowContext ctx, Integer steps) {
        long last = 0;
        for (int i = 0; i < steps; i++) {
            last = ctx.step("step", Long.class, RetryPolicy.NONE, WallClock::micros);
        }
        return last;
    }

    private @Nullable Void hold(WorkflowContext ctx, @Nullable Void none) {
        ctx.step("hold", RetryPolicy.NONE, () -> {
            arrived.accept(ctx.workflowId());
            released.await();
        });
        return null;
    }

    private static @Nullable Void sleep(WorkflowContext ctx, Long untilMs) {
        Duration left = Duration.between(ctx.now(), Instant.ofEpochMilli(untilMs));
        ctx.sleep(left.isNegative() ? Duration.ZERO : left);
        return null;
    }
}
