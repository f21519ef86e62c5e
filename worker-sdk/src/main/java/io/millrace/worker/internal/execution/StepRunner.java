package io.millrace.worker.internal.execution;

import io.millrace.worker.internal.execution.ExecutionHost.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of one execution, on the workflow's own thread or beside it, and waits for what they wait for. */
final class StepRunner {
    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final Execution execution;
    private final ExecutionHost host;
    private final Waits waits;
    private final List<StepPromise<?>> beside = new ArrayList<>();

    StepRunner(Execution execution) {
        this.execution = execution;
        this.host = execution.host();
        this.waits = execution.waits();
    }

    /** Runs the step to its end on the current thread, the workflow's. */
    void runHere(StepRun<?> run, @Nullable Long notBeforeMs) {
        OptionalLong next = notBeforeMs == null ? OptionalLong.empty() : OptionalLong.of(notBeforeMs);
        do {
            if (next.isPresent()) {
                waitUntil(run.promise().seq(), next.getAsLong());
            }
            if (!mayStart()) {
                haltHere();
            }
            next = run.attempt(Runnable::run);
        } while (next.isPresent());
    }

    /** Runs the step on other threads; its promise tells when it ends. */
    void runBeside(StepRun<?> run, @Nullable Long notBeforeMs) {
        beside.add(run.promise());
        waits.begun();
        if (notBeforeMs == null) {
            submit(run);
        } else {
            waits.waits(run.promise().seq(), notBeforeMs, () -> submit(run));
        }
    }

    private void submit(StepRun<?> run) {
        host.environment().threads().steps().execute(() -> attemptBeside(run));
    }

    private void attemptBeside(StepRun<?> run) {
        if (!execution.threads().enter()) {
            return;
        }
        try {
            if (!mayStart()) {
                waits.halts();
                return;
            }
            int seq = run.promise().seq();
            OptionalLong next = run.attempt(storeResult -> waits.ended(seq, storeResult));
            if (next.isPresent()) {
                waits.waits(seq, next.getAsLong(), () -> submit(run));
            }
        } catch (ExecutionAbandonedError e) {
            // The workflow's own thread is unwound too, and says what there is to
            // say. But a failed send is seen here first.
            execution.abandon(e.getMessage());
        } catch (Throwable e) {
            LOG.error("A step of {} could not be brought to its end; it is given back", execution.name(), e);
            execution.release("the worker could not run it: " + e.getClass().getName());
        } finally {
            execution.threads().leave();
        }
    }

    /** Waits on the workflow's thread; ends the execution if it is to be let go of instead. */
    void waitUntil(int seq, long untilMs) {
        if (untilMs > host.environment().clock().wallMs()) {
            take(() -> waits.workflowWaits(seq, untilMs));
        }
    }

    /** Waits on the workflow's thread for a step beside it. */
    void awaitEnd(StepPromise<?> promise) {
        take(() -> waits.workflowAwaits(promise.seq(), promise::hasEnded));
    }

    /** Waits for all steps that were begun beside the workflow. */
    void awaitAll() {
        for (StepPromise<?> promise : beside) {
            if (!promise.hasEnded()) {
                awaitEnd(promise);
            }
        }
    }

    /** A side effect is next: what was reported must be on record, the lease held, and the worker staying. */
    private boolean mayStart() {
        if (permitted()) {
            execution.awaitAcknowledged();
            return permitted();
        }
        return false;
    }

    private boolean permitted() {
        Permission permission = host.permission();
        if (permission == Permission.LAPSED) {
            throw new ExecutionAbandonedError("the worker's lease has lapsed");
        }
        return permission == Permission.GRANTED;
    }

    private void haltHere() {
        take(waits::workflowHalts);
    }

    private void take(Supplier<Turn> wait) {
        Turn turn = wait.get();
        if (turn instanceof Turn.Park park) {
            execution.park(park.until());
        } else if (turn instanceof Turn.Release) {
            execution.release("the worker closes");
        }
        execution.throwIfEnded();
    }
}
