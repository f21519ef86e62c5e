package io.millrace.worker.internal.execution;

import io.millrace.worker.Promise;
import io.millrace.worker.StepFailedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end of one step: the result, or how it failed. */
final class StepPromise<T extends @Nullable Object> implements Promise<T> {
    private final int seq;
    private final Consumer<StepPromise<?>> awaitEnd;
    private volatile @Nullable End<T> end;

    private record End<T extends @Nullable Object>(
            T value, @Nullable StepFailedException failure) {}

    /**
     * Not there yet.
     *
     * @param awaitEnd returns when this has ended
     */
    StepPromise(int seq, Consumer<StepPromise<?>> awaitEnd) {
        this.seq = seq;
        this.awaitEnd = awaitEnd;
    }

    int seq() {
        return seq;
    }

    boolean hasEnded() {
        return end != null;
    }

    void complete(T value) {
        end = new End<>(value, null);
    }

    /** There is no value beside a failure, and nobody asks for it. */
    void fail(StepFailedException failure) {
        end = new End<>(null, failure);
    }

    @Override
    public T get() {
        awaitEnd.accept(this);
        End<T> ended = end;
        if (ended == null) {
            throw new AssertionError("waited for step " + seq + ", which has not ended");
        }
        if (ended.failure() != null) {
            // A fresh one for each caller: the stack trace is to show where the workflow asked.
            StepFailedException failure = ended.failure();
            throw new StepFailedException(
                    failure.stepName(),
                    failure.seq(),
                    failure.attempts(),
                    failure.failureType(),
                    failure.failureMessage());
        }
        return ended.value();
    }
}
