package io.millrace.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats what finds no workflow where it is certain that there is one: it was started in this process, and the engine may read of that
 * start only after a command or a query, because they come on different topics.
 */
final class UntilKnown {
    /** For workflows of which nothing is certain: each call is made once. */
    static final UntilKnown NOT_WAITING = new UntilKnown(Duration.ZERO, Timing.SYSTEM);

    private final Duration requestTimeout;
    private final Timing timing;

    /** Whoever takes longer than a request may take is taken at its word. */
    UntilKnown(Duration requestTimeout, Timing timing) {
        this.requestTimeout = requestTimeout;
        this.timing = timing;
    }

    /** What came of a call: one of the two is set, but for a value of null. */
    private record Outcome<T>(@Nullable T value, @Nullable Throwable error) {
        boolean isKnown() {
            return error == null || !(Futures.cause(error) instanceof WorkflowNotFoundException);
        }

        CompletableFuture<T> toFuture() {
            return error == null ? CompletableFuture.completedFuture(value) : CompletableFuture.failedFuture(error);
        }
    }

    /** The call's future, or that of its last repetition. */
    <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
        return call(call, requestTimeout);
    }

    /** As {@link #call(Supplier)}, for no longer than the caller wants to wait. */
    <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call, Duration wait) {
        CompletableFuture<Outcome<T>> last = Repetition.until(
                () -> {
                    CompletableFuture<T> one = call.get();
                    return Futures.cancelling(one, one.handle(Outcome::new));
                },
                Outcome::isKnown,
                wait.compareTo(requestTimeout) < 0 ? wait : requestTimeout,
                timing);
        return Futures.cancelling(last, last.thenCompose(Outcome::toFuture));
    }
}
