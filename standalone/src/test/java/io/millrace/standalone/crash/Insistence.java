package io.millrace.standalone.crash;

import io.millrace.client.CommandRejectedException;
import io.millrace.client.EngineUnavailableException;
import io.millrace.client.WorkflowFailedException;
import io.millrace.client.WorkflowHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks until there is an answer, whoever is down meanwhile. Starts and commands can be repeated: they have ids. */
final class Insistence {
    /** Not to be a burden when the answer comes at once, that there is none. */
    private static final Executor A_MOMENT_LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private Insistence() {}

    static <T> CompletableFuture<T> insist(Supplier<CompletableFuture<T>> request) {
        return request.get()
                .exceptionallyComposeAsync(
                        error -> causeOf(error) instanceof EngineUnavailableException
                                ? insist(request)
                                : CompletableFuture.failedFuture(error),
                        A_MOMENT_LATER);
    }

    /** Gives a command until it is answered; that it was refused is an answer, since the workflow may have ended before. */
    static <T> CompletableFuture<@Nullable T> command(Supplier<CompletableFuture<T>> command) {
        return insist(command)
                .exceptionallyCompose(error -> causeOf(error) instanceof CommandRejectedException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(error));
    }

    /** Waits until the workflow has ended, however it ends. */
    static CompletableFuture<@Nullable Void> end(WorkflowHandle<Integer> workflow) {
        return insist(workflow::resultAsync).handle((value, error) -> {
            if (error != null && !(causeOf(error) instanceof WorkflowFailedException)) {
                throw new CompletionException(causeOf(error));
            }
            return null;
        });
    }

    private static Throwable causeOf(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
