package io.millrace.client;

import io.millrace.schemas.Command;
import io.millrace.schemas.Start;
import io.millrace.schemas.WorkflowState;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.EagerExecutionLostException;
import io.millrace.worker.EagerResult;
import io.millrace.worker.EagerRun;
import io.millrace.worker.EagerStart;
import io.millrace.worker.EagerStarter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Starts workflows in a worker of this process where it has room, and follows them there as long as they stay. */
final class LocalStarts {
    private final EagerStarter starter;
    private final EngineConnection connection;
    private final UntilKnown untilKnown;
    private final LongSupplier interventions;

    /**
     * The way to one worker.
     *
     * @param interventions see {@link CommandSender#interventions}: after one, the end that a worker tells of may not be the one that
     *     counts
     */
    LocalStarts(EagerStarter starter, EngineConnection connection, UntilKnown untilKnown, LongSupplier interventions) {
        this.starter = starter;
        this.connection = connection;
        this.untilKnown = untilKnown;
        this.interventions = interventions;
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
        if (isToWait(start)) {
            return Optional.empty();
        }
        return starter.tryStart(new EagerStart(command.getCommandId(), command.getIssuer(), workflowId, start))
                .map(run -> run.onRecord().thenApply(acknowledged -> ending(workflowId, start, run)));
    }

    /** What has a delay or a place in its queue, or may not run beside another one: only the engine knows when it may begin. */
    private static boolean isToWait(Start start) {
        return (start.getDelayMs() != null && start.getDelayMs() > 0)
                || start.getPriority() != null
                || start.getDeduplicationId() != null
                || start.getPartitionKey() != null;
    }

    private Ending ending(String workflowId, Start start, EagerRun run) {
        long interventionsBefore = interventions.getAsLong();
        return timeout -> {
            Wait wait = new Wait(timeout, System.nanoTime());
            CompletableFuture<WorkflowState> here = run.result().thenApply(end -> {
                if (interventions.getAsLong() != interventionsBefore) {
                    throw new EagerExecutionLostException("it may have been stopped or resumed");
                }
                return stateOf(workflowId, start, end);
            });
            if (timeout.compareTo(MillraceClient.WITHOUT_LIMIT) < 0 && !here.isDone()) {
                here = here.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
            }
            return orElsewhere(workflowId, here, wait);
        };
    }

    /** How much of the time to wait is left. */
    private record Wait(Duration timeout, long begunNanos) {
        Duration left() {
            Duration left = timeout.minusNanos(System.nanoTime() - begunNanos);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** The worker tells the end itself. Where it cannot, because the workflow went on elsewhere, the engine does. */
    private CompletableFuture<WorkflowState> orElsewhere(
            String workflowId, CompletableFuture<WorkflowState> here, Wait wait) {
        CompletableFuture<WorkflowState> result = new CompletableFuture<>();
        here.whenComplete((end, lost) -> {
            if (lost == null) {
                result.complete(end);
            } else if (Futures.cause(lost) instanceof TimeoutException) {
                result.completeExceptionally(new WorkflowStillOpenException(workflowId, wait.timeout()));
            } else {
                CompletableFuture<WorkflowState> elsewhere = Futures.attempt(() -> endedElsewhere(workflowId, wait));
                Futures.cancelling(elsewhere, result);
                elsewhere.whenComplete((there, error) -> Futures.complete(result, there, error));
            }
        });
        return result;
    }

    private CompletableFuture<WorkflowState> endedElsewhere(String workflowId, Wait wait) {
        CompletableFuture<WorkflowState> ended =
                untilKnown.call(() -> connection.ended(workflowId, wait.left()), wait.left());
        return Futures.cancelling(ended, ended.exceptionally(error -> {
            // It is there for certain: who waits only briefly for an engine that is behind must not be told otherwise.
            if (Futures.cause(error) instanceof WorkflowNotFoundException
                    && wait.left().isZero()) {
                throw new WorkflowStillOpenException(workflowId, wait.timeout());
            }
            throw new CompletionException(Futures.cause(error));
        }));
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
