package io.millrace.standalone.crash;

import io.millrace.client.CommandOptions;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.MoveOptions;
import io.millrace.client.ResumeOptions;
import io.millrace.client.StopOptions;
import io.millrace.client.WorkflowHandle;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Commands to one workflow, each given under one id until it is answered, whoever is down meanwhile. */
final class Orders {
    /** What the id of a fork has behind its source's. */
    static final String FORK = "-fork";

    private final WorkflowHandle<Integer> workflow;

    Orders(WorkflowHandle<Integer> workflow) {
        this.workflow = workflow;
    }

    CompletableFuture<?> cancel() {
        return Insistence.command(() -> workflow.cancelAsync(StopOptions.none().commandId(id("cancel"))));
    }

    CompletableFuture<?> terminate() {
        return Insistence.command(
                () -> workflow.terminateAsync(StopOptions.none().commandId(id("terminate"))));
    }

    CompletableFuture<?> pause() {
        return Insistence.command(
                () -> workflow.pauseAsync(CommandOptions.none().commandId(id("pause"))));
    }

    CompletableFuture<?> unpause() {
        return Insistence.command(
                () -> workflow.unpauseAsync(CommandOptions.none().commandId(id("unpause"))));
    }

    /** Of one that waits: it goes before all others. */
    CompletableFuture<?> resume() {
        return Insistence.command(
                () -> workflow.resumeAsync(ResumeOptions.none().commandId(id("resume"))));
    }

    CompletableFuture<?> moveTo(String queue) {
        return Insistence.command(
                () -> workflow.moveToQueueAsync(queue, MoveOptions.none().commandId(id("move"))));
    }

    CompletableFuture<?> prefer() {
        return Insistence.command(
                () -> workflow.setPriorityAsync(1, CommandOptions.none().commandId(id("prefer"))));
    }

    /** Ends when the copy has. */
    CompletableFuture<?> fork() {
        ForkOptions options = ForkOptions.from(FromStep.lastStep())
                .workflowId(workflow.workflowId() + FORK)
                .commandId(id("fork"));
        return Insistence.insist(() -> workflow.forkAsync(options)).thenCompose(Insistence::end);
    }

    CompletableFuture<@Nullable Void> end() {
        return Insistence.end(workflow);
    }

    private String id(String command) {
        return command + "/" + workflow.workflowId();
    }
}
