package io.millrace.worker.internal.execution;

import io.millrace.payload.PayloadException;
import io.millrace.schemas.Failure;
import io.millrace.schemas.Payload;
import io.millrace.schemas.RecordedStep;
import io.millrace.schemas.StepAttemptFailed;
import io.millrace.schemas.StepCancelled;
import io.millrace.schemas.StepCompleted;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.WorkerFact;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepFailedException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The attempts of one step that is not on record as ended, one after the other, by one thread at a time. */
final class StepRun<T extends @Nullable Object> {
    private final Execution execution;
    private final StepCall<T> call;
    private final StepPromise<T> promise;
    private final boolean shielded;
    private int attempts;
    private @Nullable Long startedAtMs;

    /**
     * Not begun in this execution.
     *
     * @param recorded how far it came before, if anything is on record
     * @param shielded whether a cancel does not concern it
     */
    StepRun(
            Execution execution,
            StepCall<T> call,
            StepPromise<T> promise,
            @Nullable RecordedStep recorded,
            boolean shielded) {
        this.execution = execution;
        this.call = call;
        this.promise = promise;
        this.shielded = shielded;
        this.attempts = recorded == null ? 0 : recorded.getAttempts();
        this.startedAtMs = recorded == null ? null : recorded.getStartedAtMs();
    }

    boolean shielded() {
        return shielded;
    }

    /** Whether the cancel is there, and keeps another attempt from beginning. */
    boolean stopsOnCancel() {
        return !shielded && execution.cancelRequest().isRequested();
    }

    StepPromise<T> promise() {
        return promise;
    }

    /**
     * Runs the next attempt and reports how it went.
     *
     * @return when the one after that is to begin; empty if the step has ended, and then the given action stores how
     */
    OptionalLong attempt(EndOfStep endOfStep) {
        attempts++;
        long startedAtMs = now();
        this.startedAtMs = startedAtMs;
        try {
            T value = call.code().run(new AttemptContext(workflowId(), promise.seq(), call.name(), attempts));
            Payload output = payloads().encode(value, "the output of step \"" + call.name() + "\"");
            T readBack = readBack(output);
            // Behind a fact that cannot be reported any more, the promise stays open, and nobody sees the result.
            execution.report(completed(output, null, startedAtMs));
            endOfStep.store(() -> promise.complete(readBack));
            return OptionalLong.empty();
        } catch (ExecutionAbandonedError e) {
            throw e;
        } catch (Throwable e) {
            // Whatever an execution that has ended makes its code throw is no failure of the step's.
            execution.throwIfEnded();
            return failed(e, startedAtMs, endOfStep);
        }
    }

    /** How the end of the step gets to those who wait for it. */
    interface EndOfStep {
        void store(Runnable storeResult);
    }

    @SuppressWarnings("unchecked")
    private T readBack(@Nullable Payload output) {
        return (T) payloads().decode(output, call.resultType());
    }

    private OptionalLong failed(Throwable error, long startedAtMs, EndOfStep endOfStep) {
        Failure failure = Failures.of(error);
        if (stopsOnCancel()) {
            cancel(failure, endOfStep);
            return OptionalLong.empty();
        }
        if (!(error instanceof PayloadException) && call.retryPolicy().retries(attempts, error)) {
            long delayMs = call.retryPolicy()
                    .delayAfter(attempts, execution.host().environment().random())
                    .toMillis();
            long endedAtMs = now();
            long retryAtMs = endedAtMs + delayMs;
            StepAttemptFailed fact = new StepAttemptFailed(
                    promise.seq(), call.name(), failure, attempts, startedAtMs, endedAtMs, retryAtMs);
            execution.report(Facts.of(fact));
            return OptionalLong.of(retryAtMs);
        }
        execution.report(completed(null, failure, startedAtMs));
        StepFailedException end =
                new StepFailedException(call.name(), promise.seq(), attempts, failure.getType(), failure.getMessage());
        endOfStep.store(() -> promise.fail(end));
        return OptionalLong.empty();
    }

    /** The cancel ends the step. */
    void cancel(@Nullable Failure failure, EndOfStep endOfStep) {
        execution.report(Facts.of(cancelled(failure)));
        endOfStep.store(promise::cancel);
    }

    /**
     * That the cancel has ended it.
     *
     * @param failure of the attempt that was running when the cancel came; null where none was
     */
    StepCancelled cancelled(@Nullable Failure failure) {
        return new StepCancelled(promise.seq(), call.name(), StepKind.STEP, failure, attempts, startedAtMs, now());
    }

    private WorkerFact completed(@Nullable Payload output, @Nullable Failure failure, long startedAtMs) {
        StepCompleted fact =
                new StepCompleted(promise.seq(), call.name(), output, failure, attempts, startedAtMs, now());
        return Facts.of(fact);
    }

    private String workflowId() {
        return execution.name().workflowId();
    }

    private Payloads payloads() {
        return execution.host().payloads();
    }

    private long now() {
        return execution.host().environment().clock().wallMs();
    }
}
