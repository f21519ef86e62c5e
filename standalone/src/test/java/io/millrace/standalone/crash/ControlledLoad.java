package io.millrace.standalone.crash;

import io.millrace.client.CommandOptions;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.MillraceClient;
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

/**
 * Keeps some workflows running at any time and commands each of them as is drawn for it. A command that is not answered is given again, under
 * its id, until it is.
 */
final class ControlledLoad {
    private static final int OPEN = 40;

    private final Stage stage;
    private final MillraceClient client;
    private final Random random;
    private final Semaphore room = new Semaphore(OPEN);
    private final List<CompletableFuture<?>> ends = new ArrayList<>();

    /** What is done to a workflow. */
    private enum Plan {
        NOTHING,
        CANCEL,
        CANCEL_AND_RESUME,
        TERMINATE_AND_RESUME,
        PAUSE_AND_UNPAUSE,
        FORK
    }

    ControlledLoad(Stage stage, MillraceClient client, Random random) {
        this.stage = stage;
        this.client = client;
        this.random = random;
    }

    /** Goes on until the troubles are over. */
    void runUntil(CompletableFuture<Void> over) throws InterruptedException {
        while (!over.isDone()) {
            room.acquire();
            Plan plan = Plan.values()[random.nextInt(Plan.values().length)];
            GatedWorkflow.Input input =
                    GatedWorkflow.Input.steps(2 + random.nextInt(5)).sleeping(random.nextInt(3) * 400);
            CompletableFuture<?> end =
                    start("controlled-" + ends.size(), input).thenComposeAsync(workflow -> carryOut(plan, workflow));
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

    private CompletableFuture<WorkflowHandle<Integer>> start(String workflowId, GatedWorkflow.Input input) {
        StartOptions options = StartOptions.workflowId(workflowId).queue(stage.queue());
        return Insistence.insist(() -> client.startAsync(GatedWorkflow.TYPE, input, Integer.class, options));
    }

    private CompletableFuture<@Nullable Void> carryOut(Plan plan, WorkflowHandle<Integer> workflow) {
        String id = workflow.workflowId();
        return switch (plan) {
            case NOTHING -> Insistence.end(workflow);
            case CANCEL ->
                Insistence.command(() -> workflow.cancelAsync(StopOptions.none().commandId("cancel/" + id)))
                        .thenCompose(done -> Insistence.end(workflow));
            case CANCEL_AND_RESUME ->
                Insistence.command(() -> workflow.cancelAsync(StopOptions.none().commandId("cancel/" + id)))
                        .thenCompose(done -> Insistence.end(workflow))
                        .thenCompose(done -> resume(workflow));
            case TERMINATE_AND_RESUME ->
                Insistence.command(
                                () -> workflow.terminateAsync(StopOptions.none().commandId("terminate/" + id)))
                        .thenCompose(done -> resume(workflow));
            case PAUSE_AND_UNPAUSE ->
                Insistence.command(
                                () -> workflow.pauseAsync(CommandOptions.none().commandId("pause/" + id)))
                        .thenCompose(done -> Insistence.command(() ->
                                workflow.unpauseAsync(CommandOptions.none().commandId("unpause/" + id))))
                        .thenCompose(done -> Insistence.end(workflow));
            case FORK -> fork(workflow).thenCompose(done -> Insistence.end(workflow));
        };
    }

    private CompletableFuture<@Nullable Void> resume(WorkflowHandle<Integer> workflow) {
        String commandId = "resume/" + workflow.workflowId();
        return Insistence.command(
                        () -> workflow.resumeAsync(ResumeOptions.none().commandId(commandId)))
                .thenCompose(done -> Insistence.end(workflow));
    }

    private CompletableFuture<@Nullable Void> fork(WorkflowHandle<Integer> workflow) {
        String id = workflow.workflowId();
        ForkOptions options = ForkOptions.from(FromStep.lastStep())
                .workflowId("fork-of-" + id)
                .commandId("fork/" + id);
        return Insistence.insist(() -> workflow.forkAsync(options)).thenCompose(Insistence::end);
    }
}
