package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import io.millrace.client.MillraceClient;
import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The queues with limits that the random test uses: their settings, and whether these were kept. */
final class LimitedQueues {
    private static final String NARROW = "narrow";
    private static final int CONCURRENCY = 4;
    private static final int WORKER_CONCURRENCY = 3;

    private static final String PACED = "paced";
    private static final int PACED_CONCURRENCY = 10;
    private static final int PERMITS = 20;
    private static final Duration PERIOD = Duration.ofSeconds(2);

    static final List<String> NAMES = List.of(NARROW, PACED);

    private LimitedQueues() {}

    static void declare(MillraceClient client) {
        client.setQueue(
                NARROW,
                QueueOptions.unlimited()
                        .concurrency(CONCURRENCY)
                        .workerConcurrency(WORKER_CONCURRENCY)
                        .priorities());
        client.setQueue(
                PACED,
                QueueOptions.unlimited()
                        .concurrency(PACED_CONCURRENCY)
                        .rateLimit(PERMITS, PERIOD)
                        .priorities());
    }

    /** To be asked when everything is up and nothing waits. */
    static void assertNoSlotIsLost(Stage stage, MillraceClient client) {
        assertAllSlotsCanBeHad(stage, client, NARROW, CONCURRENCY);
        assertAllSlotsCanBeHad(stage, client, PACED, PACED_CONCURRENCY);
    }

    /** By the histories of all workflows that were on them. */
    static void check(QueueInvariants invariants) {
        invariants.checkAllEnded();
        invariants.checkConcurrency(NARROW, CONCURRENCY);
        invariants.checkWorkerConcurrency(NARROW, WORKER_CONCURRENCY);
        invariants.checkConcurrency(PACED, PACED_CONCURRENCY);
        invariants.checkRate(PACED, PERMITS, PERIOD);
    }

    /** None is leaked, and none is there twice: as many as there are slots begin, and one more does not. */
    private static void assertAllSlotsCanBeHad(Stage stage, MillraceClient client, String queue, int slots) {
        List<WorkflowHandle<Integer>> last = IntStream.rangeClosed(0, slots)
                .mapToObj(n -> client.start(
                        GatedWorkflow.TYPE,
                        GatedWorkflow.Input.steps(1).gateAt(1),
                        Integer.class,
                        StartOptions.workflowId("last-of-" + queue + "-" + n).queue(queue)))
                .toList();
        awaitNumbers(client, queue, 1, slots);
        last.forEach(workflow -> stage.gates().open(workflow.workflowId()));
        last.forEach(workflow -> workflow.result(Stage.PATIENCE));
        awaitNumbers(client, queue, 0, 0);
    }

    private static void awaitNumbers(MillraceClient client, String queue, long depth, long slots) {
        await(queue + " to have depth " + depth + " and " + slots + " slots held")
                .atMost(Stage.PATIENCE)
                .until(
                        () -> client.queue(queue).orElseThrow(),
                        (QueueDescription now) ->
                                now.depth() == depth && now.slotsHeld().orElse(-1) == slots);
    }
}
