package io.millrace.examples.heartbeats;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepContext;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Imports a file in one long step. Its first attempt hangs halfway; it sends no heartbeat any more, so it is timed out, and the next
 * attempt goes on at the row of the last heartbeat.
 */
public final class Heartbeats {
    private static final String QUEUE = "examples.heartbeats";
    private static final int ROWS = 2_000;

    private Heartbeats() {}

    /** Runs the example. */
    public static void main(String[] args) {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(QUEUE)
                        .workflow("import", Integer.class, Heartbeats::importFile)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            worker.start();
            WorkflowHandle<Integer> workflow = client.start(
                    "import",
                    ROWS,
                    Integer.class,
                    StartOptions.workflowId(RunId.of("import")).queue(QUEUE));
            System.out.println("imported " + workflow.result() + " rows");
            client.steps(workflow.workflowId())
                    .forEach(step -> System.out.println("on record: " + step + " in " + step.attempts() + " attempts"));
        }
    }

    private static Integer importFile(WorkflowContext ctx, Integer rows) {
        RetryPolicy retries = RetryPolicy.of(3).backoff(Duration.ofMillis(100), 2);
        return ctx.step(StepCall.of("import rows", Integer.class, retries, step -> importRows(step, rows))
                .heartbeatTimeout(Duration.ofSeconds(1)));
    }

    private static Integer importRows(StepContext step, int rows) throws InterruptedException {
        int first = step.lastHeartbeat(Integer.class).orElse(0) + 1;
        System.out.println("attempt " + step.attempt() + " begins at row " + first);
        for (int row = first; row <= rows; row++) {
            importRow();
            step.heartbeat(row);
            if (row == rows / 2 && step.attempt() == 1) {
                System.out.println("attempt " + step.attempt() + " hangs at row " + row);
                // Nobody counts this down: the thread is interrupted when the heartbeat timeout is over.
                new CountDownLatch(1).await();
            }
        }
        return rows;
    }

    /** What takes its time in a real import. */
    private static void importRow() throws InterruptedException {
        Thread.sleep(1);
    }
}
