package io.millrace.worker;

import io.millrace.worker.internal.execution.WorkerRuntime;
import java.util.Optional;

/**
 * Runs workflows: takes them from the engine as it has room for them, and reports each step. A process may have several.
 *
 * <pre>{@code
 * Worker worker = Worker.builder("localhost:9092")
 *         .workflow("checkout", Order.class, (ctx, order) -> {
 *             Receipt receipt = ctx.step("charge", Receipt.class, () -> payments.charge(order));
 *             ctx.step("send the receipt", () -> mail.send(receipt));
 *             return receipt;
 *         })
 *         .build();
 * worker.start();
 * }</pre>
 *
 * <p>A worker holds a lease. When the broker cannot be reached for that long, or the process was frozen, the worker abandons what it
 * runs, because the engine gives it to others, and begins anew by itself. Thread-safe.
 */
public final class Worker implements EagerStarter, AutoCloseable {
    private final WorkerRuntime runtime;

    Worker(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    /** A worker for the cluster at these addresses ({@code host:port,...}). */
    public static WorkerBuilder builder(String bootstrapServers) {
        return new WorkerBuilder(bootstrapServers);
    }

    /**
     * Starts, and returns when the engine can give it work. To be called once.
     *
     * @throws IllegalStateException if the broker or the engine's topics are not there within a minute (the
     *     worker is closed then), or if it was started before
     */
    public void start() {
        runtime.start();
    }

    /** The id under which the engine knows it; another one after it lost its lease; none before it has started. */
    public Optional<String> workerId() {
        return runtime.workerId();
    }

    @Override
    public Optional<EagerRun> tryStart(EagerStart request) {
        return runtime.tryStart(request);
    }

    /**
     * Leaves in order: takes no more work, lets running steps end within the shutdown grace, interrupts those that do not, and gives
     * back all workflows at once, so that other workers go on with them without waiting for a lease.
     */
    @Override
    public void close() {
        runtime.close();
    }
}
