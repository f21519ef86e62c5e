package io.millrace.client.internal;

import io.millrace.client.LimitExceededException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Requests that were sent and not answered yet, by the id that the answer will carry. Thread-safe.
 *
 * @param <T> the answers
 */
final class PendingRequests<T> {
    /** More than this at once are an overload, and whoever asks is told so. */
    static final int MAX_PENDING = 100_000;

    private final Map<String, CompletableFuture<T>> byId = new ConcurrentHashMap<>();

    /** Expects an answer until the future is done, by whatever means. */
    CompletableFuture<T> expect(String id) {
        if (byId.size() >= MAX_PENDING) {
            throw new LimitExceededException(
                    "the number of unanswered requests", byId.size() + 1L, MAX_PENDING, "calls");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        byId.put(id, answer);
        answer.whenComplete((value, error) -> byId.remove(id));
        return answer;
    }

    /** Whether someone waits for this answer: others' need not be read. */
    boolean isExpected(String id) {
        return byId.containsKey(id);
    }

    void complete(String id, T answer) {
        CompletableFuture<T> waiting = byId.get(id);
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    void fail(String id, RuntimeException error) {
        CompletableFuture<T> waiting = byId.get(id);
        if (waiting != null) {
            waiting.completeExceptionally(error);
        }
    }

    void failAll(RuntimeException error) {
        byId.values().forEach(waiting -> waiting.completeExceptionally(error));
    }

    int size() {
        return byId.size();
    }
}
