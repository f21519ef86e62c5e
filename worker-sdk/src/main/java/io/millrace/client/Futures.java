package io.millrace.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Waiting for futures, and chaining them so that callers see the exceptions that were thrown and not their wrappers. */
final class Futures {
    private Futures() {}

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw new MillraceException("interrupted while waiting for the engine", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new MillraceException("the call failed: " + e.getCause(), e.getCause());
        }
    }

    /** A future like this one, but failing with the cause where this one fails with a {@link CompletionException}. */
    static <T> CompletableFuture<T> unwrapped(CompletableFuture<T> future) {
        CompletableFuture<T> copy = new CompletableFuture<>();
        future.whenComplete((value, error) -> complete(copy, value, error));
        return copy;
    }

    /** Ends a future as another one has ended. */
    static <T> void complete(CompletableFuture<T> future, T value, @Nullable Throwable error) {
        if (error == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(cause(error));
        }
    }

    /** What was thrown, without the wrapper that chained futures put around it. */
    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** The call's future; one that failed where the call itself throws. */
    static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns {@code derived}, which from now on takes {@code source} along when it is cancelled. */
    static <T> CompletableFuture<T> cancelling(CompletableFuture<?> source, CompletableFuture<T> derived) {
        derived.whenComplete((value, error) -> {
            if (derived.isCancelled()) {
                source.cancel(false);
            }
        });
        return derived;
    }

    /** What all parts come to, in their order; it fails when one of them does. Parts count from 0. */
    static <T> CompletableFuture<List<T>> ofAll(int parts, IntFunction<CompletableFuture<T>> part) {
        List<CompletableFuture<T>> all =
                IntStream.range(0, parts).mapToObj(part).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }
}
