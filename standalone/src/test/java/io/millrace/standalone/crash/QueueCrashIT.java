package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.MillraceClient;
import io.millrace.client.QueueDescription;
import io.millrace.client.QueueOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.standalone.crash.Troubles.Habit;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Queues with limits whose engines and workers are killed and frozen at random, while what waits on them is commanded. */
final class QueueCrashIT {
    private static final Duration LENGTH = Duration.ofSeconds(30);
    /** For what was under way at the end: leases, transactions and sessions of the killed run out first. */
    private static final Duration COMING_TO_REST = Duration.ofSeconds(120);

    private static final Habit WORKERS = new Habit(4_000, 9_000, 50, 5_000);
    private static final Habit ENGINES = new Habit(6_000, 12_000, 30, 3_000);

    private static final String NARROW = "narrow";
    private static final int CONCURRENCY = 4;
    private static final int WORKER_CONCURRENCY = 3;

    private static final String PACED = "paced";
    private static final int PACED_CONCURRENCY = 10;
    private static final int PERMITS = 20;
    private static final Duration PERIOD = Duration.ofSeconds(2);

    @RegisterExtension
    final Children children = new Children();

    @Test
    void shouldKeepEveryLimitAndLoseNoSlotWhateverIsKilled() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("random queues: run them again with dev/crash --seed " + seed);
        Random random = new Random(seed);
        Ensemble ensemble = Ensemble.start(children, "queues", List.of(NARROW, PACED));
        Stage stage = ensemble.stage();
        try (MillraceClient client = stage.connect()) {
            declareQueues(client);
            Troubles troubles = new Troubles(random, LENGTH);
            ensemble.engines().forEach(engine -> troubles.befall(engine, ENGINES));
            ensemble.workers().forEach(worker -> troubles.befall(worker, WORKERS));
            QueuedLoad load = new QueuedLoad(client, List.of(NARROW, PACED), new Random(seed));
            load.runUntil(troubles.over());
            long over = System.nanoTime();
            load.ended().get(COMING_TO_REST.toSeconds(), TimeUnit.SECONDS);
            Stage.report("  all " + load.started() + " ended after the last trouble", over);
            assertTrue(load.started() > 0);
            assertAllSlotsCanBeHad(stage, client, NARROW, CONCURRENCY);
            assertAllSlotsCanBeHad(stage, client, PACED, PACED_CONCURRENCY);
            check(stage);
        }
    }

    private static void declareQueues(MillraceClient client) {
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

    /** None is leaked, and none is there twice: as many as there are slots begin, and one more does not. */
    private static void assertAllSlotsCanBeHad(Stage stage, MillraceClient client, String queue, int slots) {
        List<WorkflowHandle<Integer>> last = IntStream.rangeClosed(0, slots)
                .mapToObj(n -> client.start(
                        GatedWorkflow.TYPE,
                        GatedWorkflow.Input.steps(1).gateAt(1),
                        Integer.class,
                        StartOptions.workflowId("last-of-" + queue + "-" + n).queue(queue)))
                .toList();
        last.subList(0, slots).forEach(workflow -> stage.awaitStep(workflow.workflowId(), 1, 1));
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

    private static void check(Stage stage) {
        new ControlInvariants(stage).check();
        QueueInvariants invariants =
                new QueueInvariants(RecordedHistory.all(stage.topics()).values());
        invariants.checkAllEnded();
        invariants.checkConcurrency(NARROW, CONCURRENCY);
        invariants.checkWorkerConcurrency(NARROW, WORKER_CONCURRENCY);
        invariants.checkConcurrency(PACED, PACED_CONCURRENCY);
        invariants.checkRate(PACED, PERMITS, PERIOD);
    }
}
