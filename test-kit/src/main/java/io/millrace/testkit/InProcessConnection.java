package io.millrace.testkit;

import io.millrace.client.EngineConnection;
import io.millrace.client.WorkflowNotFoundException;
import io.millrace.client.WorkflowStatuses;
import io.millrace.client.WorkflowStillOpenException;
import io.millrace.schemas.Answer;
import io.millrace.schemas.Command;
import io.millrace.schemas.CommandReply;
import io.millrace.schemas.Query;
import io.millrace.schemas.WorkflowState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The client's way to the engine. Every call is done when it returns; nobody waits, because time does not go by itself. */
final class InProcessConnection implements EngineConnection {
    private final Simulation simulation;
    private final InProcessEngine engine;
    private final WorkflowReports reports;
    private final Clock clock;

    InProcessConnection(Simulation simulation, InProcessEngine engine, WorkflowReports reports, Clock clock) {
        this.simulation = simulation;
        this.engine = engine;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public int partitionOf(String workflowId) {
        return 0;
    }

    @Override
    public CompletableFuture<CommandReply> send(String workflowId, Command command, Duration timeout) {
        command.setIssuedAtMs(clock.millis());
        command.setReplyPartition(0);
        return simulation.call(() -> {
            CommandReply reply = engine.decide(workflowId, command);
            simulation.settle();
            return CompletableFuture.completedFuture(reply);
        });
    }

    @Override
    public CompletableFuture<Answer> ask(int partition, Query query, Duration timeout) {
        query.setQueryId(UUID.randomUUID().toString());
        query.setAnswerPartition(0);
        return simulation.call(() -> CompletableFuture.completedFuture(engine.answer(query)));
    }

    @Override
    public CompletableFuture<WorkflowState> ended(String workflowId, Duration timeout) {
        return simulation.call(() -> {
            simulation.settle();
            Optional<WorkflowState> state = reports.stateOf(workflowId);
            if (state.isEmpty()) {
                return CompletableFuture.failedFuture(new WorkflowNotFoundException(workflowId));
            }
            return WorkflowStatuses.isClosed(state.get().getStatus())
                    ? CompletableFuture.completedFuture(state.get())
                    : CompletableFuture.failedFuture(
                            new WorkflowStillOpenException(workflowId, reports.of(workflowId)));
        });
    }

    @Override
    public void close() {
        // There is nothing to let go of: the kit ends with the kit.
    }
}
