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
                throw progress.cancel().tellInsteadOf(run.cancelled(null));
            }
            while (thread.mayStart() != WorkflowThread.Start.YES) {
                thread.awaitPermission();
            }
            if (run.stopsOnCancel()) {
                throw progress.cancel().tellInsteadOf(run.cancelled(null));
            }
            Here sequel = new Here();
            attempt(run, sequel);
            next = sequel.next;
        } while (next.isPresent());
    }

    /** Without a timing of its own, a step ends with its code, and the clock does nothing for it. */
    private static final class Here implements StepRun.Sequel {
        private OptionalLong next = OptionalLong.empty();

        @Override
        public void ended(Runnable storeResult) {
            storeResult.run();
        }

        @Override
        public void retries(long atMs) {
            next = OptionalLong.of(atMs);
        }

        @Override
        public void guard(Runnable task) {
            task.run();
        }
    }

    /** Runs the step on other threads while the workflow's own waits for it. */
    void runAway(StepRun<?> run, @Nullable Long notBeforeMs) {
        begin(run, notBeforeMs);
        // A running step may end although the workflow was cancelled; and where it waits itself, the cancel ends it.
        StepPromise<?> promise = run.promise();
        thread.awaitEnd(promise.seq(), promise::hasEnded, true);
    }

    /** Runs the step on other threads; its promise tells when it ends. */
    void runBeside(StepRun<?> run, @Nullable Long notBeforeMs) {
        beside.add(run.promise());
        begin(run, notBeforeMs);
    }

    private void begin(StepRun<?> run, @Nullable Long notBeforeMs) {
        waits.begun();
        if (notBeforeMs == null) {
            submit(run);
        } else {
            waits.waits(run.promise().seq(), notBeforeMs, () -> submit(run), run.shielded());
        }
    }

    private void submit(StepRun<?> run) {
        execution.host().environment().threads().steps().execute(() -> {
            if (execution.threads().enter()) {
                try {
                    guard(() -> attemptBeside(run));
                } finally {
                    execution.threads().leave();
                }
            }
        });
    }

    private void attemptBeside(StepRun<?> run) {
        switch (thread.mayStart()) {
            case NEVER -> waits.halts();
            case PAUSED -> waits.pauses(() -> submit(run));
            case YES -> {
                Beside sequel = new Beside(run);
                if (run.stopsOnCancel()) {
                    run.cancel(null, sequel);
                } else {
                    attempt(run, sequel);
                }
            }
        }
    }

    private void attempt(StepRun<?> run, StepRun.Sequel sequel) {
        boolean before = progress.enterStepCode();
        try {
            run.attempt(sequel);
        } finally {
            progress.leaveStepCode(before);
        }
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (ExecutionAbandonedError e) {
            // The workflow's own thread is unwound too, and says what there is to
            // say. But a failed send is seen here first.
            execution.abandon(e.getMessage());
        } catch (Throwable e) {
            LOG.error("A step of {} could not be brought to its end; it is given back", execution.name(), e);
            execution.release("the worker could not run it: " + e.getClass().getName());
        }
    }

    private final class Beside implements StepRun.Sequel {
        private final StepRun<?> run;

        Beside(StepRun<?> run) {
            this.run = run;
        }

        @Override
        public void ended(Runnable storeResult) {
            waits.ended(run.promise().seq(), storeResult);
        }

        @Override
        public void retries(long atMs) {
            waits.waits(run.promise().seq(), atMs, () -> submit(run), run.shielded());
        }

        @Override
        public void guard(Runnable task) {
            StepRunner.this.guard(task);
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
