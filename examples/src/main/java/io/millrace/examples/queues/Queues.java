package io.millrace.examples.queues;

import io.millrace.client.EnqueuedQuery;
import io.millrace.client.MillraceClient;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.schemas.DeduplicationPolicy;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * There are two printers, so two reports are printed at once, in all workers together. An urgent one comes last and is printed before all that wait; who
 * asks for it once more is told that there is one.
 */
public final class Queues {
    private static final String QUEUE = "examples.queues";
    private static final int PRINTERS = 2;

    /** Counts the reports that printers have got. */
    private static final CountDownLatch BUSY = new CountDownLatch(PRINTERS);

    /** The printers are warm: until then nothing ends, and you see what waits. */
    private static final CountDownLatch WARM = new CountDownLatch(1);

    private Queues() {}

    /** Runs the example. */
    public static void main(String[] args) throws InterruptedException {
        String servers = Arguments.bootstrapServers(args);
        try (Worker worker = Worker.builder(servers)
                        .kafka(Arguments.kafka())
                        .queue(
                                QUEUE,
                                QueueOptions.unlimited().concurrency(PRINTERS).priorities())
                        .workflow("print a report", String.class, Queues::print)
                        .build();
                MillraceClient client = MillraceClient.builder()
                        .kafkaProperties(Arguments.kafka())
                        .connect(servers)) {
            // The worker's start declares the queue: from here on it can be started on.
            worker.start();
            String run = RunId.of("report");
            List<WorkflowHandle<String>> reports = new ArrayList<>();
            for (int n = 1; n <= 6; n++) {
                reports.add(start(client, "number " + n, StartOptions.workflowId(run + "-" + n)));
            }
            reports.add(start(client, "the urgent one", urgent(run + "-urgent")));
            WorkflowHandle<String> again = start(client, "the urgent one", urgent(run + "-urgent-again"));
            System.out.println("asked for once more: " + again.workflowId() + (again.existing() ? " is there" : ""));
            BUSY.await();
            printWhatWaits(client);
            WARM.countDown();
            reports.forEach(WorkflowHandle::result);
        }
    }

    private static WorkflowHandle<String> start(MillraceClient client, String report, StartOptions options) {
        return client.start("print a report", report, String.class, options.queue(QUEUE));
    }

    /** Of the open workflows of a queue one has a deduplication id; when it has ended, the next one may. */
    private static StartOptions urgent(String workflowId) {
        return StartOptions.workflowId(workflowId)
                .priority(1)
                .deduplicationId("the urgent one", DeduplicationPolicy.RETURN_EXISTING);
    }

    private static void printWhatWaits(MillraceClient client) {
        client.enqueued(QUEUE, EnqueuedQuery.all())
                .workflows()
                .forEach(waiting -> System.out.println("waits: " + waiting.position() + ". "
                        + waiting.workflow().workflowId() + ", priority " + waiting.priority()));
    }

    private static String print(WorkflowContext ctx, String report) {
        return ctx.step("print", String.class, () -> {
            BUSY.countDown();
            WARM.await();
            System.out.println("printed: " + report);
            return report;
        });
    }
}
