package io.millrace.worker.internal.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the steps of one execution, on the workflow's own thread or beside it, and waits for what they wait for. */
final class StepRunner {
    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final Execution execution;
    private final CodeProgress progress;
    private final WorkflowThread thread;
    private final Waits waits;
    private final List<StepPromise<?>> beside = new ArrayList<>();

    StepRunner(Execution execution, CodeProgress progress, WorkflowThread thread) {
        this.execution = execution;
        this.progress = progress;
        this.thread = thread;
        this.waits = execution.waits();
    }

    /** Runs the step to its end on the current thread, the workflow's. */
    void runHere(StepRun<?> run, @Nullable Long notBeforeMs) {
        OptionalLong next = notBeforeMs == null ? OptionalLong.empty() : OptionalLong.of(notBeforeMs);
        do {
            if (next.isPresent() && !thread.waitUntil(run.promise().seq(), next.getAsLong(), run.shielded())) {
                throw progress.tellInsteadOf(run.cancelled(null));
            }
            while (thread.mayStart() != WorkflowThread.Start.YES) {
                thread.awaitPermission();
            }
            if (run.stopsOnCancel()) {
                throw progress.tellInsteadOf(run.cancelled(null));
            }
            next = attemptHere(run);
        } while (next.isPresent());
    }

    private OptionalLong attemptHere(StepRun<?> run) {
        progress.setInsideStep(true);
        try {
            return run.attempt(Runnable::run);
        } finally {
            progress.setInsideStep(false);
        }
    }

    /** Runs the step on other threads; its promise tells when it ends. */
    void runBeside(StepRun<?> run, @Nullable Long notBeforeMs) {
        beside.add(run.promise());
        waits.begun();
        if (notBeforeMs == null) {
            submit(run);
        } else {
            waits.waits(run.promise().seq(), notBeforeMs, () -> submit(run), run.shielded());
        }
    }

    private void submit(StepRun<?> run) {
        execution.host().environment().threads().steps().execute(() -> attemptBeside(run));
    }

    private void attemptBeside(StepRun<?> run) {
        if (!execution.threads().enter()) {
            return;
        }
        try {
            switch (thread.mayStart()) {
                case NEVER -> waits.halts();
                case PAUSED -> waits.pauses(() -> submit(run));
                case YES -> startBeside(run);
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

    private void startBeside(StepRun<?> run) {
        int seq = run.promise().seq();
        StepRun.EndOfStep endOfStep = storeResult -> waits.ended(seq, storeResult);
        if (run.stopsOnCancel()) {
            run.cancel(null, endOfStep);
            return;
        }
        OptionalLong next = run.attempt(endOfStep);
        if (next.isPresent()) {
            waits.waits(seq, next.getAsLong(), () -> submit(run), run.shielded());
        }
    }

    /** Waits for all steps that were begun beside the workflow, also for those that go on although it was cancelled. */
    void awaitAll() {
        for (StepPromise<?> promise : beside) {
            if (!promise.hasEnded()) {
                thread.awaitEnd(promise.seq(), promise::hasEnded, true);
            }
        }
    }
}
