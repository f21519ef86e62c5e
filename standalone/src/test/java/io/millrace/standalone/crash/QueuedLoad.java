package io.millrace.standalone.crash;

import io.millrace.client.CommandOptions;
import io.millrace.client.MillraceClient;
import io.millrace.client.MoveOptions;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StartOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Keeps more workflows waiting on queues with limits than may run, and does to each of them what is drawn for it. */
final class QueuedLoad {
    private static final int OPEN = 80;
    private static final int MOST_PRIORITY = 3;

    private final MillraceClient client;
    private final List<String> queues;
    private final Random random;
    private final Semaphore room = new Semaphore(OPEN);
    private final List<CompletableFuture<?>> ends = new ArrayList<>();

    /** What is done to a workflow, most of the time while it waits. */
    private enum Plan {
        NOTHING,
        NOTHING_EITHER,
        CANCEL,
        TERMINATE_AND_RESUME,
        PAUSE_AND_UNPAUSE,
        EXPEDITE,
        MOVE,
        PREFER
    }

    /** On queues that all have priorities. */
    QueuedLoad(MillraceClient client, List<String> queues, Random random) {
        this.client = client;
        this.queues = queues;
        this.random = random;
    }

    /** Goes on until the troubles are over. */
    void runUntil(CompletableFuture<Void> over) throws InterruptedException {
        while (!over.isDone()) {
            room.acquire();
            Plan plan = Plan.values()[random.nextInt(Plan.values().length)];
            GatedWorkflow.Input input =
                    GatedWorkflow.Input.steps(1 + random.nextInt(3)).sleeping(random.nextInt(4) == 0 ? 200 : 0);
            StartOptions options = StartOptions.workflowId("queued-" + ends.size())
                    .queue(queues.get(random.nextInt(queues.size())))
                    .priority(1 + random.nextInt(MOST_PRIORITY));
            String otherQueue = queues.get(random.nextInt(queues.size()));
            CompletableFuture<?> end = Insistence.insist(
                            () -> client.startAsync(GatedWorkflow.TYPE, input, Integer.class, options))
                    .thenComposeAsync(workflow -> carryOut(plan, workflow, otherQueue));
            end.whenComplete((value, error) -> room.release());
            ends.add(end);
        }
        over.join();
    }

    int started() {
        return ends.size();
    }

    /** Ends when all that was started has ended and every command was answered. */
    CompletableFuture<Void> ended() {
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<@Nullable Void> carryOut(
            Plan plan, WorkflowHandle<Integer> workflow, String otherQueue) {
        String id = workflow.workflowId();
        CompletableFuture<?> commanded = switch (plan) {
            case NOTHING, NOTHING_EITHER -> CompletableFuture.completedFuture(null);
            case CANCEL ->
                Insistence.command(() -> workflow.cancelAsync(StopOptions.none().commandId("cancel/" + id)));
            case TERMINATE_AND_RESUME ->
                Insistence.command(
                                () -> workflow.terminateAsync(StopOptions.none().commandId("terminate/" + id)))
                        .thenCompose(done -> resume(workflow));
            case PAUSE_AND_UNPAUSE ->
                Insistence.command(
                                () -> workflow.pauseAsync(CommandOptions.none().commandId("pause/" + id)))
                        .thenCompose(done -> Insistence.command(() ->
                                workflow.unpauseAsync(CommandOptions.none().commandId("unpause/" + id))));
            case EXPEDITE -> resume(workflow);
            case MOVE ->
                Insistence.command(() ->
                        workflow.moveToQueueAsync(otherQueue, MoveOptions.none().commandId("move/" + id)));
            case PREFER ->
                Insistence.command(
                        () -> workflow.setPriorityAsync(1, CommandOptions.none().commandId("prefer/" + id)));
        };
        return commanded.thenCompose(done -> Insistence.end(workflow));
    }

    private static CompletableFuture<?> resume(WorkflowHandle<Integer> workflow) {
        String commandId = "resume/" + workflow.workflowId();
        return Insistence.command(
                () -> workflow.resumeAsync(ResumeOptions.none().commandId(commandId)));
    }
}
