package io.millrace.client;

import io.millrace.schemas.Command;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.EagerResult;
import io.millrace.worker.EagerRun;
import io.millrace.worker.EagerStart;
import io.millrace.worker.EagerStarter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Starts workflows in a worker of this process where it has room, and follows them there as long as they stay. */
final class LocalStarts {
    private final EagerStarter starter;
    private final EngineConnection connection;

    LocalStarts(EagerStarter starter, EngineConnection connection) {
        this.starter = starter;
        this.connection = connection;
    }

    /** Waits for the end of one workflow, for so long. */
    interface Ending extends Function<Duration, CompletableFuture<WorkflowState>> {}

    /**
     * Starts a workflow here.
     *
     * @param workflowId freshly generated
     * @return empty when it has to go the usual way; else ends when the start is on record, which it must be before anyone may be told
     *     of the workflow
     */
    Optional<CompletableFuture<Ending>> tryStart(String workflowId, Command command) {
        Start start = command.getStart();
        if (start.getDelayMs() != null && start.getDelayMs() > 0) {
            return Optional.empty();
        }
        return starter.tryStart(new EagerStart(command.getCommandId(), command.getIssuer(), workflowId, start))
                .map(run -> run.onRecord().thenApply(acknowledged -> ending(workflowId, start, run)));
    }

    private Ending ending(String workflowId, Start start, EagerRun run) {
        return timeout -> ended(workflowId, start, run.result(), timeout);
    }

    /** The worker tells the end itself. Where it cannot, because the workflow went on elsewhere, the engine does. */
    private CompletableFuture<WorkflowState> ended(
            String workflowId, Start start, CompletableFuture<EagerResult> result, Duration timeout) {
        long begunNanos = System.nanoTime();
        CompletableFuture<WorkflowState> here = result.thenApply(end -> stateOf(workflowId, start, end));
        if (timeout.compareTo(MillraceClient.WITHOUT_LIMIT) < 0 && !here.isDone()) {
            here = here.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        return here.exceptionallyCompose(lost -> {
            Duration left = timeout.minusNanos(System.nanoTime() - begunNanos);
            return connection.ended(workflowId, left.isNegative() ? Duration.ZERO : left);
        });
    }

    private static WorkflowState stateOf(String workflowId, Start start, EagerResult end) {
        long now = System.currentTimeMillis();
        WorkflowState.Builder state = WorkflowState.newBuilder()
                .setWorkflowId(workflowId)
                .setWorkflowType(start.getWorkflowType())
                .setQueue(start.getQueue())
                .setCreatedAtMs(now)
                .setUpdatedAtMs(now);
        if (end instanceof EagerResult.Failed failed) {
            return state.setStatus(WorkflowStatus.FAILED)
                    .setFailure(failed.failure())
                    .build();
        }
        EagerResult.Completed completed = (EagerResult.Completed) end;
        return state.setStatus(WorkflowStatus.COMPLETED)
                .setOutput(completed.output())
                .build();
    }
}
