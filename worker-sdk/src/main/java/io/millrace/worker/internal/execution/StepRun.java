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
import io.millrace.worker.StepTiming;
import io.millrace.worker.WorkerObserver.StepEnd;
import org.jspecify.annotations.Nullable;

/** The attempts of one step that is not on record as ended, one after the other. */
final class StepRun<T extends @Nullable Object> {
    private final Execution execution;
    private final StepCall<T> call;
    private final StepPromise<T> promise;
    private final boolean shielded;
    private int attempts;
    private @Nullable Long startedAtMs;
    private long beganAtNanos;
    private @Nullable Payload heartbeatDetails;

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
        if (recorded != null) {
            this.attempts = recorded.getAttempts();
            this.startedAtMs = recorded.getStartedAtMs();
            this.heartbeatDetails = recorded.getHeartbeatDetails();
        }
    }

    boolean shielded() {
        return shielded;
    }

    /** Whether the cancel is there, and keeps another attempt from beginning. */
    boolean stopsOnCancel() {
        return !shielded && execution.cancelRequest().isRequested();
    }

    /** Whether it must not run on the workflow's thread, which can neither be taken away from it nor be interrupted for it. */
    boolean needsOwnThread() {
        return !call.timing().equals(StepTiming.DEFAULT);
    }

    StepPromise<T> promise() {
        return promise;
    }

    /** What comes after an attempt. */
    interface Sequel {
        /** The step is at its end; this stores how. */
        void ended(Runnable storeResult);

        /** Another attempt is to begin then. */
        void retries(long atMs);

        /** Runs what the clock does for the step, whatever comes of that. */
        void guard(Runnable task);
    }

    /** Runs the next attempt on this thread and reports how it went, unless a timeout has done so before. */
    void attempt(Sequel sequel) {
        attempts++;
        startedAtMs = now();
        beganAtNanos = nanos();
        Attempt attempt = new Attempt(
                execution,
                new Attempt.Subject(call, promise.seq(), shielded),
                attempts,
                heartbeatDetails,
                (late, timeout) -> sequel.guard(() -> failed(late, timeout, sequel)));
        attempt.begin();
        Runnable conclusion = runCode(attempt, sequel);
        if (attempt.end()) {
            conclusion.run();
        }
    }

    /** Everything that runs code of the user's; what it concludes from that is for when the attempt has not been given up. */
    private Runnable runCode(Attempt attempt, Sequel sequel) {
        ExecutionTrace trace = execution.trace();
        try {
            return trace.hasSpans()
                    ? trace.inStep(attempt, () -> runToOutput(attempt, sequel))
                    : runToOutput(attempt, sequel);
        } catch (ExecutionAbandonedError e) {
            return () -> {
                throw e;
            };
        } catch (Throwable e) {
            return () -> failed(attempt, e, sequel);
        }
    }

    private Runnable runToOutput(Attempt attempt, Sequel sequel) throws Exception {
        T value = call.code().run(attempt);
        Payload output = payloads().encode(value, "the output of step \"" + call.name() + "\"");
        T readBack = readBack(output);
        return () -> completed(attempt, output, readBack, sequel);
    }

    @SuppressWarnings("unchecked")
    private T readBack(@Nullable Payload output) {
        return (T) payloads().decode(output, call.resultType());
    }

    private void completed(Attempt attempt, @Nullable Payload output, T readBack, Sequel sequel) {
        attempt.concludeHeartbeats(false);
        // Behind a fact that cannot be reported any more, the promise stays open, and nobody sees the result.
        execution.report(completed(output, null));
        tell(StepEnd.COMPLETED);
        sequel.ended(() -> promise.complete(readBack));
    }

    private void failed(Attempt attempt, Throwable error, Sequel sequel) {
        // Whatever an execution that has ended makes its code throw is no failure of the step's.
        execution.throwIfEnded();
        Failure failure = Failures.of(error);
        boolean cancelled = stopsOnCancel();
        boolean again = !cancelled
                && !(error instanceof PayloadException)
                && call.retryPolicy().retries(attempts, error);
        heartbeatDetails = attempt.concludeHeartbeats(again);
        if (cancelled) {
            cancel(failure, sequel);
        } else if (again) {
            retry(failure, sequel);
        } else {
            fail(failure, sequel);
        }
    }

    private void retry(Failure failure, Sequel sequel) {
        long delayMs = call.retryPolicy()
                .delayAfter(attempts, execution.host().environment().random())
                .toMillis();
        long endedAtMs = now();
        long retryAtMs = endedAtMs + delayMs;
        execution.report(Facts.of(new StepAttemptFailed(
                promise.seq(), call.name(), failure, attempts, startedAtMs, endedAtMs, retryAtMs)));
        tell(StepEnd.RETRIED);
        sequel.retries(retryAtMs);
    }

    private void fail(Failure failure, Sequel sequel) {
        execution.report(completed(null, failure));
        tell(StepEnd.FAILED);
        StepFailedException end =
                new StepFailedException(call.name(), promise.seq(), attempts, failure.getType(), failure.getMessage());
        sequel.ended(() -> promise.fail(end));
    }

    /**
     * The cancel ends the step.
     *
     * @param failure of the attempt that was running when the cancel came; null where none was
     */
    void cancel(@Nullable Failure failure, Sequel sequel) {
        execution.report(Facts.of(cancelled(failure)));
        if (failure != null) {
            tell(StepEnd.CANCELLED);
        }
        sequel.ended(promise::cancel);
    }

    /** The fact that the cancel has ended it. */
    StepCancelled cancelled(@Nullable Failure failure) {
        return new StepCancelled(promise.seq(), call.name(), StepKind.STEP, failure, attempts, startedAtMs, now());
    }

    private WorkerFact completed(@Nullable Payload output, @Nullable Failure failure) {
        return Facts.of(new StepCompleted(promise.seq(), call.name(), output, failure, attempts, startedAtMs, now()));
    }

    private void tell(StepEnd how) {
        execution.host().observer().stepEnded(execution.workflowType(), how, nanos() - beganAtNanos);
    }

    private long nanos() {
        return execution.host().environment().clock().nanos();
    }

    private Payloads payloads() {
        return execution.host().payloads();
    }

    private long now() {
        return execution.host().environment().clock().wallMs();
    }
}
