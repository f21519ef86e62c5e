package io.millrace.standalone.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.MillraceClient;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.schemas.KeyPartition;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkerBuilder;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Workflows that must not notice anything: some run all the time, some are started and come through meanwhile. */
final class GoodWork implements AutoCloseable {
    /** On a machine that does other things, and behind a few thousand bad records. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** So long that no slow machine loses a worker, and it is lost by bad input alone. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final String FLOW = "good.flow";
    private static final String CHILD = "good.child";
    private static final String WAITING = "good.waiting";
    private static final String HELD = "good.held";
    private static final int LASTING = 16;

    private final MillraceClient client;
    private final String queue;
    private final Worker worker;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<WorkflowHandle<String>> lasting = new ArrayList<>();
    private int flows;

    /** Starts a worker that runs the good workflows of one queue, and hostile ones, if it should be given any. */
    GoodWork(FuzzServer server, MillraceClient client, String queue) {
        this.client = client;
        this.queue = queue;
        client.setQueue(queue, QueueOptions.unlimited());
        WorkerBuilder builder = Worker.builder(server.bootstrapServers())
                .namespace(FuzzServer.NAMESPACE.name())
                .queue(queue)
                .slots(64)
                .lease(LEASE)
                .eagerSlots(0)
                .shutdownGrace(Duration.ofMillis(300))
                .workflow(FLOW, Integer.class, GoodWork::flow)
                .workflow(CHILD, Integer.class, (ctx, n) -> ctx.step("child", Integer.class, step -> n * 10))
                .workflow(WAITING, Integer.class, GoodWork::waiting)
                .workflow(HELD, Integer.class, this::held);
        for (int n = 0; n < 5; n++) {
            builder.workflow("hostile.type" + n, Object.class, GoodWork::hostile);
        }
        worker = builder.build();
        worker.start();
    }

    private static String flow(WorkflowContext ctx, Integer n) {
        int first = ctx.step("first", Integer.class, step -> n + 1);
        ctx.sleep(Duration.ofMillis(20));
        int second = ctx.child(CHILD, n, Integer.class).result();
        int third = ctx.step("third", Integer.class, step -> first + second);
        return first + "," + second + "," + third;
    }

    private static String waiting(WorkflowContext ctx, Integer n) {
        int first = ctx.step("first", Integer.class, step -> n + 1);
        String word = ctx.receive("go", String.class);
        return ctx.step("last", String.class, step -> first + word);
    }

    private String held(WorkflowContext ctx, Integer n) {
        int first = ctx.step("held", Integer.class, step -> {
            gate.await();
            return n + 1;
        });
        return ctx.step("last", String.class, step -> first + "held");
    }

    private static String hostile(WorkflowContext ctx, Object input) {
        return ctx.step("hostile", String.class, step -> "ran");
    }

    String workerId() {
        return worker.workerId().orElseThrow();
    }

    /** Starts those that are to run, or wait, all the time; returns when each has come as far. */
    List<String> startLasting() {
        for (int n = 0; n < LASTING; n++) {
            String type = n % 2 == 0 ? WAITING : HELD;
            lasting.add(client.start(type, n, String.class, options("lasting-" + queue + "-" + n)));
        }
        return lasting.stream().map(WorkflowHandle::workflowId).toList();
    }

    private StartOptions options(String workflowId) {
        return StartOptions.workflowId(workflowId).queue(queue);
    }

    /** One workflow for each partition, from start to result. */
    void comeThrough() {
        int n = flows++;
        List<WorkflowHandle<String>> started = IntStream.range(0, FuzzServer.PARTITIONS)
                .mapToObj(partition -> client.start(FLOW, n, String.class, options(idOf(partition, n))))
                .toList();
        String expected = (n + 1) + "," + n * 10 + "," + (n + 1 + n * 10);
        for (WorkflowHandle<String> flow : started) {
            assertEquals(expected, flow.result(PATIENCE), flow.workflowId());
        }
    }

    private String idOf(int partition, int n) {
        return IntStream.iterate(0, salt -> salt + 1)
                .mapToObj(salt -> "good-" + queue + "-" + n + "-" + salt)
                .filter(id -> KeyPartition.of(id, FuzzServer.PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    /** Lets the lasting ones go on, and checks their results and that each step of theirs is on record once. */
    void endLasting() {
        gate.countDown();
        for (int n = 0; n < LASTING; n++) {
            WorkflowHandle<String> workflow = lasting.get(n);
            boolean waits = n % 2 == 0;
            if (waits) {
                workflow.send("go", "!");
            }
            assertEquals((n + 1) + (waits ? "!" : "held"), workflow.result(PATIENCE), workflow.workflowId());
            assertEquals(waits ? 3 : 2, client.steps(workflow.workflowId()).count(), workflow.workflowId());
        }
    }

    @Override
    public void close() {
        gate.countDown();
        worker.close();
    }
}
