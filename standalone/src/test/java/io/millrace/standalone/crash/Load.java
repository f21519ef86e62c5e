package io.millrace.standalone.crash;

import io.millrace.client.MillraceClient;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Keeps some workflows running at any time, and starts each until it is accepted, however often that takes. */
final class Load {
    /** More than the workers have slots, so that some wait, and every kill comes in the middle of something. */
    private static final int OPEN = 60;

    private static final List<Integer> SLEEPS_MILLIS = List.of(0, 20, 200, 1_200);

    private final Stage stage;
    private final MillraceClient client;
    private final Random random;
    private final Semaphore room = new Semaphore(OPEN);
    private final List<CompletableFuture<Integer>> results = new ArrayList<>();

    Load(Stage stage, MillraceClient client, Random random) {
        this.stage = stage;
        this.client = client;
        this.random = random;
    }

    /** Goes on until the troubles are over. */
    void runUntil(CompletableFuture<Void> over) throws InterruptedException {
        while (!over.isDone()) {
            room.acquire();
            CompletableFuture<Integer> result =
                    start("random-" + results.size(), draw()).thenCompose(WorkflowHandle::resultAsync);
            result.whenComplete((value, error) -> room.release());
            results.add(result);
        }
        over.join();
    }

    int started() {
        return results.size();
    }

    /** Ends when all that was started has a result; fails if one of them has none. */
    CompletableFuture<Void> completed() {
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<WorkflowHandle<Integer>> start(String workflowId, GatedWorkflow.Input input) {
        return client.startAsync(
                        GatedWorkflow.TYPE,
                        input,
                        Integer.class,
                        StartOptions.workflowId(workflowId).queue(stage.queue()))
                // With the same id it is the same workflow, whether the first start got through or not.
                .exceptionallyComposeAsync(unanswered -> start(workflowId, input));
    }

    private GatedWorkflow.Input draw() {
        int steps = 1 + random.nextInt(6);
        return GatedWorkflow.Input.steps(steps)
                .returning(random.nextInt(2_000))
                .sleeping(SLEEPS_MILLIS.get(random.nextInt(SLEEPS_MILLIS.size())))
                .failingOnceAt(random.nextInt(4) == 0 ? 1 + random.nextInt(steps) : 0);
    }
}
