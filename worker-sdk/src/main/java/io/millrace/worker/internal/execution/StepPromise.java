package io.millrace.worker.internal.execution;

import io.millrace.worker.Promise;
import io.millrace.worker.StepFailedException;
import org.jspecify.annotations.Nullable;

/** The end of one step: the result, or how it failed, or that the cancel came before it. */
final class StepPromise<T extends @Nullable Object> implements Promise<T> {
    private final int seq;
    private final CodeProgress progress;
    private volatile @Nullable End<T> end;

    private record End<T extends @Nullable Object>(
            T value, @Nullable StepFailedException failure, boolean cancelled) {}

    /** Not there yet. */
    StepPromise(int seq, CodeProgress progress) {
        this.seq = seq;
        this.progress = progress;
    }

    int seq() {
        return seq;
    }

    boolean hasEnded() {
        return end != null;
    }

    void complete(T value) {
        end = new End<>(value, null, false);
    }

    /** There is no value beside a failure, and nobody asks for it. */
    void fail(StepFailedException failure) {
        end = new End<>(null, failure, false);
    }

    void cancel() {
        end = new End<>(null, null, true);
    }

    @Override
    public T get() {
        progress.awaitEnd(seq, this::hasEnded);
        return result();
    }

    /** What {@link #get} gives, for a step that has ended: not a point at which the code waits. */
    T result() {
        End<T> ended = end;
        if (ended == null) {
            throw new AssertionError("waited for step " + seq + ", which has not ended");
        }
        if (ended.cancelled()) {
            throw progress.cancel().tell();
        }
        if (ended.failure() != null) {
            // A fresh one for each caller: the stack trace is to show where the workflow asked.
            StepFailedException failure = ended.failure();
            throw progress.show(
                    new StepFailedException(
                            failure.stepName(),
                            failure.seq(),
                            failure.attempts(),
                            failure.failureType(),
                            failure.failureMessage()),
                    seq);
        }
        return ended.value();
    }
}
