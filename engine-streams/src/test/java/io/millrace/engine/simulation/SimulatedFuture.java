package io.millrace.engine.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A future that is waited for in the simulation's time: who waits stops, and others go on. So are all that are derived from it. */
final class SimulatedFuture<T> extends CompletableFuture<T> {
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new SimulatedFuture<>();
    }

    /** Waits for any future, in the same way. */
    static <T> T join(CompletableFuture<T> future) {
        Coroutine waiting = Coroutine.current();
        while (!future.isDone() && waiting != null) {
            waiting.pause(future::isDone);
        }
        return future.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        Coroutine waiting = Coroutine.current();
        while (!isDone()) {
            if (waiting == null) {
                throw new IllegalStateException("the simulation itself would wait, for ever");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            waiting.pause(this::isDone);
        }
        return super.get();
    }
}
