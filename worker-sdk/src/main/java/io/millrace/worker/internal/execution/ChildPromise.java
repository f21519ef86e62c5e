package io.millrace.worker.internal.execution;

import io.millrace.schemas.ChildFailures;
import io.millrace.schemas.Failure;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepStatus;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.worker.Child;
import io.millrace.worker.ChildWorkflowException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A child that was started, now or before, and its end as soon as that is known. */
final class ChildPromise<T extends @Nullable Object> implements Child<T> {
    private final ChildSteps.Called called;
    private final Type resultType;
    private final CodeProgress progress;
    private final OutsideSteps outside;
    private final Payloads payloads;
    private @Nullable RecordedStep end;

    ChildPromise(
            ChildSteps.Called called, Type resultType, CodeProgress progress, OutsideSteps outside, Payloads payloads) {
        this.called = called;
        this.resultType = resultType;
        this.progress = progress;
        this.outside = outside;
        this.payloads = payloads;
        this.end = called.end();
    }

    @Override
    public String workflowId() {
        return called.workflowId();
    }

    @Override
    @SuppressWarnings("unchecked")
    public T result() {
        outside.awaitChild(called.seq());
        if (called.cancelled()) {
            throw progress.cancel().tell();
        }
        RecordedStep known = end == null ? outside.takeChild(called.seq()) : end;
        end = known;
        if (known.getStatus() == StepStatus.FAILED) {
            ChildWorkflowException failure = failure(known.getFailure());
            if (isStopped(failure.status())) {
                // A cancel stops children, too: code that took that for a failure would end its workflow FAILED.
                progress.cancel().tellRather(progress.journal().goesOn());
            }
            throw progress.show(failure, called.seq());
        }
        return (T) payloads.decode(known.getOutput(), resultType);
    }

    /** Whether a child ended so, or never began, because of something that befell it. */
    private static boolean isStopped(WorkflowStatus child) {
        return child == WorkflowStatus.CANCELLED
                || child == WorkflowStatus.TERMINATED
                || child == WorkflowStatus.UNKNOWN;
    }

    private ChildWorkflowException failure(Failure failure) {
        return new ChildWorkflowException(
                called.workflowId(),
                called.seq(),
                ChildFailures.statusOf(failure),
                ChildFailures.causeTypeOf(failure),
                ChildFailures.causeMessageOf(failure));
    }
}
