package io.millrace.benchmarks.bench;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowFilter;
import io.millrace.schemas.WorkflowStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Callers that each start a workflow, wait for its result, and start the next one, until told to stop. */
public final class Callers {
    private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int DIGITS = 3;

    private final MillraceClient client;
    private final BenchWorkflows.Input input;
    private final Histogram latencies = new ConcurrentHistogram(HIGHEST_NANOS, DIGITS);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Phaser open = new Phaser(1);
    private volatile @Nullable String lastWorkflowId;
    private volatile boolean measuring;
    private volatile boolean stopping;

    /** Callers of one client. */
    public Callers(MillraceClient client, BenchWorkflows.Input input) {
        this.client = client;
        this.input = input;
    }

    /**
     * Runs for the time of a warm-up, and then for the time that is measured.
     *
     * @return what was measured
     */
    public Measured run(int callers, int warmupSeconds, int seconds) throws InterruptedException {
        for (int i = 0; i < callers; i++) {
            next();
        }
        hold(warmupSeconds);
        long completedBefore = engineCompleted();
        measuring = true;
        long began = System.nanoTime();
        hold(seconds);
        measuring = false;
        long nanos = System.nanoTime() - began;
        long completed = engineCompleted() - completedBefore;
        long completedNanos = System.nanoTime() - began;
        stopping = true;
        open.arriveAndAwaitAdvance();
        double behindSeconds = failure.get() == null ? awaitEngine() : 0;
        if (failure.get() != null) {
            throw new IllegalStateException("a workflow failed: " + failure.get(), failure.get());
        }
        return new Measured(latencies.copy(), nanos, completed * 1e9 / completedNanos, behindSeconds);
    }

    /**
     * What was measured.
     *
     * @param latencies of the workflows that ended while it was measured
     * @param nanos for how long that was
     * @param engineWorkflowsPerSecond how many the engine has completed meanwhile; fewer than there were results where these come eagerly and it
     *     cannot keep up
     * @param engineBehindSeconds how long the engine went on when the last result was there
     */
    public record Measured(
            Histogram latencies, long nanos, double engineWorkflowsPerSecond, double engineBehindSeconds) {
        public double workflowsPerSecond() {
            return latencies.getTotalCount() * 1e9 / nanos;
        }

        public double latencyMs(double percentile) {
            return latencies.getValueAtPercentile(percentile) / 1e6;
        }
    }

    private void next() {
        if (stopping || failure.get() != null) {
            return;
        }
        open.register();
        long began = System.nanoTime();
        start().whenComplete((result, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            } else if (measuring) {
                latencies.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - began));
            }
            next();
            open.arriveAndDeregister();
        });
    }

    private CompletableFuture<String> start() {
        StartOptions options = StartOptions.generatedId().queue(BenchWorkflows.QUEUE);
        return client.startAsync(BenchWorkflows.STEPS, input, String.class, options)
                .thenCompose(workflow -> {
                    lastWorkflowId = workflow.workflowId();
                    return workflow.resultAsync();
                });
    }

    private long engineCompleted() {
        return client.count(WorkflowFilter.all().type(BenchWorkflows.STEPS).status(WorkflowStatus.COMPLETED))
                .total();
    }

    /** Eager results do not wait for the engine; how far it is behind them shows whether the rate can last. */
    private double awaitEngine() throws InterruptedException {
        String workflowId = lastWorkflowId;
        long began = System.nanoTime();
        while (workflowId != null && !hasEnded(workflowId)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private boolean hasEnded(String workflowId) {
        return client.describe(workflowId).filter(WorkflowDescription::isClosed).isPresent();
    }

    private void hold(int seconds) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < until && failure.get() == null) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
