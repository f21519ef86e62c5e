package io.millrace.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A question that is asked again, with growing pauses, until the answer will do or the time is over: then the last answer stands, whatever
 * it is. Holds no thread meanwhile. Cancelling the future ends it.
 *
 * @param <T> the answers
 */
final class Repetition<T> {
    /** What changes soon is seen soon. */
    static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** What takes long costs the engine two questions a second. */
    static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private final Supplier<CompletableFuture<T>> question;
    private final Predicate<T> enough;
    private final Timing timing;
    private final long deadline;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Repetition(Supplier<CompletableFuture<T>> question, Predicate<T> enough, Duration atMost, Timing timing) {
        this.question = question;
        this.enough = enough;
        this.timing = timing;
        this.deadline =
                timing.nanos() + shorter(atMost, MillraceClient.WITHOUT_LIMIT).toNanos();
    }

    /**
     * Asks at once, and then again as long as needed.
     *
     * @param atMost after this time, no more questions but a last one are asked
     * @return fails as soon as a question does
     */
    static <T> CompletableFuture<T> until(
            Supplier<CompletableFuture<T>> question, Predicate<T> enough, Duration atMost, Timing timing) {
        Repetition<T> repetition = new Repetition<>(question, enough, atMost, timing);
        repetition.ask(SHORTEST_PAUSE);
        return repetition.result;
    }

    private void ask(Duration nextPause) {
        if (result.isDone()) {
            return;
        }
        Futures.attempt(question).whenComplete((answer, error) -> {
            Duration left = Duration.ofNanos(deadline - timing.nanos());
            if (error != null) {
                result.completeExceptionally(Futures.cause(error));
            } else if (enough.test(answer) || left.isNegative() || left.isZero()) {
                result.complete(answer);
            } else {
                timing.after(shorter(nextPause, left), () -> ask(shorter(nextPause.multipliedBy(2), LONGEST_PAUSE)));
            }
        });
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
