package io.millrace.client.internal;

import io.millrace.client.LimitExceededException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were sent and not answered yet, by the id that the answer will carry. Thread-safe.
 *
 * @param <T> the answers
 */
final class PendingRequests<T> {
    /** More than this at once are an overload, and whoever asks is told so. */
    static final int MAX_PENDING = 100_000;

    /** Mostly one for each id; a command that is sent again while it waits for its answer makes another one. */
    private final Map<String, List<CompletableFuture<T>>> byId = new ConcurrentHashMap<>();

    /** Expects an answer until the future is done, by whatever means. */
    CompletableFuture<T> expect(String id) {
        if (byId.size() >= MAX_PENDING) {
            throw new LimitExceededException(
                    "the number of unanswered requests", byId.size() + 1L, MAX_PENDING, "calls");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        byId.merge(id, List.of(answer), PendingRequests::both);
        // Its caller may go on, and ask again by the same id, before this is run: nobody else's wait may end by it.
        answer.whenComplete((value, error) -> byId.computeIfPresent(id, (key, waiting) -> without(waiting, answer)));
        return answer;
    }

    private static <T> List<CompletableFuture<T>> both(
            List<CompletableFuture<T>> some, List<CompletableFuture<T>> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static <T> @Nullable List<CompletableFuture<T>> without(
            List<CompletableFuture<T>> waiting, CompletableFuture<T> done) {
        List<CompletableFuture<T>> others =
                waiting.stream().filter(other -> other != done).toList();
        return others.isEmpty() ? null : others;
    }

    /** Whether someone waits for this answer: others' need not be read. */
    boolean isExpected(String id) {
        return byId.containsKey(id);
    }

    void complete(String id, T answer) {
        byId.getOrDefault(id, List.of()).forEach(waiting -> waiting.complete(answer));
    }

    void fail(String id, RuntimeException error) {
        byId.getOrDefault(id, List.of()).forEach(waiting -> waiting.completeExceptionally(error));
    }

    void failAll(RuntimeException error) {
        byId.values().forEach(all -> all.forEach(waiting -> waiting.completeExceptionally(error)));
    }

    /** How many ids are waited for. */
    int size() {
        return byId.size();
    }
}
