package io.millrace.worker.internal.execution;

import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import io.millrace.schemas.WorkflowCancelled;
import io.millrace.schemas.WorkflowCompleted;
import io.millrace.schemas.WorkflowFailed;
import io.millrace.worker.EagerResult;
import io.millrace.worker.WorkerObserver;
import io.millrace.worker.WorkflowCancelledException;
import io.millrace.worker.internal.replay.Journal;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the code of one execution from its beginning to wherever it ends in this worker. Once, on a thread of its own. */
final class WorkflowRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkflowRun.class);

    private final Execution execution;
    private final Assignment assignment;
    private final WorkflowRegistry.Registered workflow;
    private final Supplier<Journal> record;

    /**
     * Not begun.
     *
     * @param record what was granted; asked for on the thread that runs the code
     */
    WorkflowRun(
            Execution execution,
            Assignment assignment,
            WorkflowRegistry.Registered workflow,
            Supplier<Journal> record) {
        this.execution = execution;
        this.assignment = assignment;
        this.workflow = workflow;
        this.record = record;
    }

    Execution execution() {
        return execution;
    }

    @Override
    public void run() {
        WorkerObserver observer = execution.host().observer();
        long beganAtNanos = nanos();
        observer.executionBegan(assignment.workflowType());
        boolean entered = execution.threads().enter();
        try {
            if (entered) {
                execution.begin(assignment);
                execution.trace().run(this::runFromRecord);
            }
        } catch (ExecutionAbandonedError e) {
            LOG.debug("{}: {}", execution.name(), e.getMessage());
        } catch (Throwable e) {
            // Nothing of the user's: the worker's own code, or its memory, failed.
            // Kept, the workflow would stand still for ever.
            LOG.error("{} could not be brought to its end and is given back", execution.name(), e);
            execution.release("the worker could not run it: " + e.getClass().getName());
        } finally {
            if (entered) {
                execution.threads().leave();
            }
            execution.codeHasLeft();
            observer.executionEnded(assignment.workflowType(), endOf(execution.ending()), nanos() - beganAtNanos);
        }
    }

    private void runFromRecord() {
        WorkflowThread thread = new WorkflowThread(execution);
        CodeProgress progress = new CodeProgress(execution, record.get(), thread);
        runCode(new RecordedContext(execution, progress, thread, assignment), progress);
    }

    private long nanos() {
        return execution.host().environment().clock().nanos();
    }

    private static WorkerObserver.ExecutionEnd endOf(ExecutionHost.Ending ending) {
        return switch (ending) {
            case COMPLETED, FAILED, CANCELLED -> WorkerObserver.ExecutionEnd.CLOSED;
            case PARKED -> WorkerObserver.ExecutionEnd.PARKED;
            case RELEASED -> WorkerObserver.ExecutionEnd.RELEASED;
            case ABANDONED -> WorkerObserver.ExecutionEnd.ABANDONED;
        };
    }

    private void runCode(RecordedContext context, CodeProgress progress) {
        Payload output;
        try {
            Object value = workflow.code().run(context, decodedInput());
            context.finish("its return");
            output = execution.host().payloads().encode(value, "the output of the workflow");
        } catch (ExecutionAbandonedError e) {
            throw e;
        } catch (Throwable e) {
            execution.throwIfEnded();
            endWith(e, context, progress);
            return;
        }
        WorkflowCompleted fact =
                new WorkflowCompleted(output, progress.journal().called());
        execution.close(Facts.of(fact), new EagerResult.Completed(output));
    }

    /** A workflow that was started without an input sees null, as its contract says. */
    private Object decodedInput() {
        return execution.host().payloads().decode(assignment.input(), workflow.inputType());
    }

    private void endWith(Throwable error, RecordedContext context, CodeProgress progress) {
        Throwable reported = error;
        try {
            context.finish("its failure with a " + error.getClass().getName());
        } catch (RuntimeException brokenOff) {
            if (brokenOff != error) {
                brokenOff.addSuppressed(error);
            }
            reported = brokenOff;
        }
        if (progress.cancel().surfaced() && !progress.differs()) {
            endCancelled(reported, progress);
        } else {
            fail(reported, progress);
        }
    }

    /** What it throws is its clean-up's failure, unless it is just what it was told. */
    private void endCancelled(Throwable thrown, CodeProgress progress) {
        Failure failure = isTheCancel(thrown) ? null : Failures.of(thrown);
        WorkflowCancelled fact =
                new WorkflowCancelled(failure, progress.journal().called());
        execution.closeCancelled(Facts.of(fact));
    }

    private static boolean isTheCancel(Throwable thrown) {
        return thrown instanceof WorkflowCancelledException;
    }

    private void fail(Throwable error, CodeProgress progress) {
        LOG.debug("{} failed", execution.name(), error);
        Failure failure = Failures.of(error);
        Optional<SeenFailures.Seen> step = progress.failedStep(error);
        WorkflowFailed fact = new WorkflowFailed(
                failure,
                progress.journal().called(),
                step.map(SeenFailures.Seen::seq).orElse(null),
                step.map(SeenFailures.Seen::afterStep).orElse(null));
        execution.close(Facts.of(fact), new EagerResult.Failed(failure));
    }
}
