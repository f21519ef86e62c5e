package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.bench.BenchWorkflows;
import io.millrace.benchmarks.bench.Callbacks;
import io.millrace.benchmarks.bench.Callers;
import io.millrace.client.MillraceClient;
import io.millrace.worker.Worker;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Callers in this process, and where they start eagerly, the worker, too. */
final class InProcess implements AutoCloseable {
    private static final String PAYLOAD = "x".repeat(98);

    private final ExecutorService callbacks = Callbacks.threads();
    private final @Nullable Worker worker;
    private final MillraceClient client;

    private InProcess(Stage stage, @Nullable Worker worker) {
        this.worker = worker;
        var builder = MillraceClient.builder()
                .namespace(stage.target().namespace().name())
                .callbackExecutor(callbacks);
        if (worker != null) {
            builder.eager(worker);
        }
        this.client = builder.connect(stage.target().bootstrapServers());
    }

    /** Callers whose workflows run on workers elsewhere. */
    static InProcess dispatched(Stage stage) {
        return new InProcess(stage, null);
    }

    /** Callers whose workflows run in this process, so many at once. */
    static InProcess eager(Stage stage, int slots) {
        Worker worker = new ScenarioWorkflows(workflowId -> {})
                .register(Worker.builder(stage.target().bootstrapServers())
                        .namespace(stage.target().namespace().name()))
                .slots(1)
                .eagerSlots(slots)
                .build();
        worker.start();
        return new InProcess(stage, worker);
    }

    MillraceClient client() {
        return client;
    }

    /** So many callers that each wait for their result, for a time. */
    Callers.Measured call(int callers, int steps, int warmUpSeconds, int seconds) throws InterruptedException {
        return new Callers(client, new BenchWorkflows.Input(steps, PAYLOAD)).run(callers, warmUpSeconds, seconds);
    }

    @Override
    public void close() {
        client.close();
        if (worker != null) {
            worker.close();
        }
        callbacks.shutdown();
    }
}
