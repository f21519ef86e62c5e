package io.millrace.engine.simulation;

import io.millrace.worker.internal.execution.ExecutionAbandonedError;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Code that stops where it waits, and goes on when it is told to. It has a thread of its own, but that runs only while the one that told it to stands
 * still: at any moment one of all threads runs, and which one is decided by nothing but the simulation.
 */
final class Coroutine {
    private static final ThreadLocal<@Nullable Coroutine> CURRENT = new ThreadLocal<>();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Interruptible(task);
        thread.setDaemon(true);
        return thread;
    });

    private final Runnable body;
    private final Semaphore goOn = new Semaphore(0);
    private final Semaphore stopped = new Semaphore(0);
    private BooleanSupplier ready = () -> true;
    private @Nullable Throwable failure;
    private boolean begun;
    private boolean interrupted;
    private boolean unwinding;
    private boolean ended;

    Coroutine(Runnable body) {
        this.body = body;
    }

    /**
     * Tells its coroutine of an interrupt, at once: a thread that waits, and is not to be interrupted, takes the interrupt off itself when it comes to, and
     * puts it back when it goes on, so that in between one could see it or not.
     */
    private static final class Interruptible extends Thread {
        private @Nullable Coroutine living;

        private Interruptible(Runnable task) {
            super(task, "simulated");
        }

        @Override
        public void interrupt() {
            Coroutine coroutine = living;
            if (coroutine != null) {
                coroutine.interrupted = true;
            }
            super.interrupt();
        }
    }

    /** Unwinds code that is not to go on, in the worker's own way: its process is dead. */
    static final class Unwound extends ExecutionAbandonedError {
        private static final long serialVersionUID = 1L;

        private Unwound() {
            super("the process is dead");
        }
    }

    /** The one whose code is calling, or nobody's: the simulation itself. */
    static @Nullable Coroutine current() {
        return CURRENT.get();
    }

    /** Lets somebody else go first, if this is the code of a coroutine. */
    static void yield() {
        Coroutine current = current();
        if (current != null) {
            current.pause(() -> true);
        }
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether what it waits for has come, or somebody has interrupted it since it stopped. */
    boolean isReady() {
        return !ended && (ready.getAsBoolean() || interrupted);
    }

    /** Runs it to where it stops next. */
    void resume() {
        if (!begun) {
            begun = true;
            THREADS.execute(this::live);
        } else {
            goOn.release();
        }
        stopped.acquireUninterruptibly();
        if (failure instanceof Error error && !(failure instanceof Unwound)) {
            throw error;
        }
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
    }

    private void live() {
        Interruptible thread = (Interruptible) Thread.currentThread();
        thread.living = this;
        CURRENT.set(this);
        try {
            body.run();
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            ended = true;
            CURRENT.remove();
            thread.living = null;
            Thread.interrupted();
            stopped.release();
        }
    }

    /** Stops until it is resumed, which it wants to be when this is so. */
    void pause(BooleanSupplier until) {
        if (!unwinding) {
            ready = until;
            interrupted = false;
            stopped.release();
            goOn.acquireUninterruptibly();
            ready = () -> true;
        }
        if (unwinding) {
            throw new Unwound();
        }
    }

    /** Ends it wherever it stands; nothing of what it does meanwhile is seen by anybody. */
    void unwind() {
        if (begun && !ended) {
            unwinding = true;
            resume();
        }
    }
}
