package io.millrace.benchmarks.compare.millrace;

import io.millrace.benchmarks.compare.driver.Peer;
import io.millrace.client.MillraceClient;
import io.millrace.client.MillraceClientBuilder;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowDescription;
import io.millrace.client.WorkflowHandle;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Eager when caller and worker are one process, dispatched when they are two. */
public final class MillracePeer implements Peer {
    /** The setting that says where Kafka is. */
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    private static final String STEPS = "compare.steps";
    private static final long LOOK_AGAIN_MS = 5;

    private final Queue<CompletableFuture<String>> backlog = new ConcurrentLinkedQueue<>();
    private String bootstrapServers = "";
    private @Nullable MillraceClient client;
    private boolean eager;
    private volatile @Nullable String lastEager;

    /** What a workflow is given. */
    record Input(int steps, String payload) {}

    /** Made by name, in the driver's process. */
    public MillracePeer() {}

    @Override
    public void open(Role role, Map<String, String> settings) {
        bootstrapServers = settings.get(BOOTSTRAP_SERVERS);
        Worker worker = null;
        if (role != Role.CALLER) {
            worker = worker(QUEUE, role == Role.BOTH ? MOST_CALLERS : 0);
            worker.start();
        }
        if (role == Role.WORKER) {
            // A queue exists from the first worker on that takes from it, and stays when that has left.
            try (Worker declaring = worker(BACKLOG, 0)) {
                declaring.start();
            }
        } else {
            MillraceClientBuilder builder = MillraceClient.builder();
            client = (worker == null ? builder : builder.eager(worker)).connect(bootstrapServers);
        }
        eager = role == Role.BOTH;
    }

    @Override
    public String run(int steps, String payload) {
        WorkflowHandle<String> handle = start(QUEUE, steps, payload).join();
        if (eager) {
            lastEager = handle.workflowId();
        }
        return handle.result();
    }

    @Override
    public void enqueue(String payload) {
        backlog.add(start(BACKLOG, 1, payload).join().resultAsync());
    }

    @Override
    public void serveBacklog() {
        worker(BACKLOG, 0).start();
    }

    @Override
    public void awaitDrained() {
        backlog.forEach(CompletableFuture::join);
        backlog.clear();
    }

    /** An eager result does not wait for the engine, which reads what its partitions were sent in order. */
    @Override
    public boolean awaitSettled() throws InterruptedException {
        String workflowId = lastEager;
        while (workflowId != null
                && client().describe(workflowId)
                        .filter(WorkflowDescription::isClosed)
                        .isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
        }
        return workflowId != null;
    }

    @Override
    public String version() {
        String version = MillraceClient.class.getPackage().getImplementationVersion();
        return version == null ? "this source tree" : version;
    }

    private CompletableFuture<WorkflowHandle<String>> start(String queue, int steps, String payload) {
        return client().startAsync(
                        STEPS,
                        new Input(steps, payload),
                        String.class,
                        StartOptions.generatedId().queue(queue));
    }

    private MillraceClient client() {
        if (client == null) {
            throw new IllegalStateException("this process only works");
        }
        return client;
    }

    private Worker worker(String queue, int eagerSlots) {
        return Worker.builder(bootstrapServers)
                .queue(queue)
                .workflow(STEPS, Input.class, MillracePeer::steps)
                .slots(MOST_CALLERS)
                .eagerSlots(eagerSlots)
                .build();
    }

    private static String steps(WorkflowContext ctx, Input input) {
        String last = "";
        for (int i = 1; i <= input.steps(); i++) {
            last = ctx.step("step-" + i, String.class, RetryPolicy.NONE, input::payload);
        }
        return last;
    }
}
