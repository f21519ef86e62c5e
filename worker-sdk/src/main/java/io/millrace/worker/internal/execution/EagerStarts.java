package io.millrace.worker.internal.execution;

import io.millrace.schemas.EagerlyStarted;
import io.millrace.schemas.Start;
import io.millrace.worker.EagerResult;
import io.millrace.worker.EagerRun;
import io.millrace.worker.EagerStart;
import io.millrace.worker.internal.replay.Journal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Workflows that are started in this process: each has a slot apart from those of the engine's, and is on record before it runs. */
final class EagerStarts {
    private static final long FIRST_EPOCH = 1;

    private final ExecutionHost host;
    private final WorkflowRegistry registry;
    private final WorkerSettings settings;
    private final Executions executions;
    private final Function<ExecutionName, Outbox> outboxes;
    private final AtomicInteger places;

    EagerStarts(
            ExecutionHost host,
            WorkflowRegistry registry,
            WorkerSettings settings,
            Executions executions,
            Function<ExecutionName, Outbox> outboxes) {
        this.host = host;
        this.registry = registry;
        this.settings = settings;
        this.executions = executions;
        this.outboxes = outboxes;
        this.places = new AtomicInteger(settings.eagerSlots());
    }

    Optional<EagerRun> tryStart(EagerStart request) {
        Optional<WorkflowRegistry.Registered> workflow =
                registry.find(request.start().getWorkflowType());
        if (workflow.isEmpty() || !serves(request)) {
            return Optional.empty();
        }
        if (places.getAndUpdate(free -> Math.max(0, free - 1)) == 0) {
            return Optional.empty();
        }
        ExecutionName name = new ExecutionName(request.workflowId(), FIRST_EPOCH);
        Slot slot = new Slot.Eager(places);
        Execution execution = new Execution(name, request.start().getWorkflowType(), host, outboxes.apply(name), slot);
        if (!executions.addIfAbsent(execution)) {
            slot.free();
            return Optional.empty();
        }
        return Optional.of(start(execution, request, workflow.get()));
    }

    private boolean serves(EagerStart request) {
        Start start = request.start();
        String version = start.getApplicationVersion();
        return settings.queues().takesEagerly(start.getQueue())
                && (version == null || version.equals(settings.applicationVersion()))
                && !needsTheEngine(start);
    }

    /** What only the engine can hold to: a time to wait for, a place among others, an id that no other open workflow has. */
    private static boolean needsTheEngine(Start start) {
        return start.getDelayMs() != null
                || start.getPriority() != null
                || start.getDeduplicationId() != null
                || start.getPartitionKey() != null;
    }

    private EagerRun start(Execution execution, EagerStart request, WorkflowRegistry.Registered workflow) {
        WorkflowRun run = new WorkflowRun(
                execution, Assignment.of(request.start()), workflow, () -> new Journal(List.of(), List.of()));
        CompletableFuture<EagerResult> outcome = new CompletableFuture<>();
        EagerlyStarted fact = new EagerlyStarted(request.commandId(), request.issuer(), request.start());
        CompletableFuture<Void> onRecord;
        try {
            execution.report(Facts.of(fact));
            onRecord = execution.outbox().flush();
        } catch (ExecutionAbandonedError e) {
            onRecord = CompletableFuture.failedFuture(new IllegalStateException("the worker has just stopped"));
        }
        onRecord.whenComplete((ok, error) -> {
            if (error == null) {
                pass(execution.result(), outcome);
                host.environment().threads().workflows().execute(run);
            } else {
                outcome.completeExceptionally(error);
                execution.codeHasLeft();
            }
        });
        return new EagerRun(onRecord, outcome);
    }

    private static <T> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
        from.whenComplete((value, error) -> {
            if (error == null) {
                to.complete(value);
            } else {
                to.completeExceptionally(error);
            }
        });
    }
}
