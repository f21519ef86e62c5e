package io.millrace.worker.internal.execution;

import io.millrace.schemas.Payload;
import io.millrace.schemas.StepHeartbeat;
import io.millrace.worker.StepCall;
import io.millrace.worker.StepCancelledException;
import io.millrace.worker.StepContext;
import io.millrace.worker.StepTimeoutException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a step, as its code sees it. It is over once: when its code has ended, or when a timeout gives it up; whichever comes
 * second finds that nobody waits for it. Thread-safe, because a step may have threads of its own.
 */
final class Attempt implements StepContext {
    private final Execution execution;
    private final Subject step;
    private final int number;
    private final @Nullable Payload earlierDetails;
    private final BiConsumer<Attempt, StepTimeoutException> onTimeout;
    private final Watchdog watchdog;
    private final HeartbeatReports heartbeats;
    private final Runnable interrupt = this::interrupt;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;
    private boolean over;
    private @Nullable StepTimeoutException timedOut;

    /** What this is an attempt of. */
    record Subject(StepCall<?> call, int seq, boolean shielded) {}

    /**
     * Not begun.
     *
     * @param earlierDetails what an earlier attempt gave with its heartbeats
     * @param onTimeout called by the clock when the attempt is given up, which is over then
     */
    Attempt(
            Execution execution,
            Subject step,
            int number,
            @Nullable Payload earlierDetails,
            BiConsumer<Attempt, StepTimeoutException> onTimeout) {
        WorkerClock clock = execution.host().environment().clock();
        this.execution = execution;
        this.step = step;
        this.number = number;
        this.earlierDetails = earlierDetails;
        this.onTimeout = onTimeout;
        this.watchdog = new Watchdog(clock, step.call().timing(), this::expire);
        this.heartbeats = new HeartbeatReports(
                clock, step.call().timing().heartbeatTimeout(), earlierDetails, this::byClock, this::report);
    }

    /** The current thread begins to run its code. */
    void begin() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            watchdog.start();
        } finally {
            lock.unlock();
        }
        if (step.call().timing().interruptOnCancel() && !step.shielded()) {
            execution.cancelRequest().onRequest(interrupt);
            if (execution.cancelRequest().isRequested()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Its code has ended.
     *
     * @return false if it had been given up before, and nobody waits for what came of it
     */
    boolean end() {
        execution.cancelRequest().forget(interrupt);
        lock.lock();
        try {
            thread = null;
            boolean wasOpen = !over;
            over = true;
            watchdog.stop();
            return wasOpen;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a timeout has given it up, though its code may still run. */
    boolean hasTimedOut() {
        lock.lock();
        try {
            return timedOut != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * After its end: what it gave with its last heartbeat is to be known to the attempt that follows, if one does.
     *
     * @return that, or what was given before
     */
    @Nullable
    Payload concludeHeartbeats(boolean anotherFollows) {
        lock.lock();
        try {
            heartbeats.end(anotherFollows);
            return heartbeats.latest();
        } finally {
            lock.unlock();
        }
    }

    private void expire(String what) {
        StepTimeoutException timeout =
                new StepTimeoutException("attempt " + number + " of step \"" + name() + "\" (" + seq() + ") " + what);
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            timedOut = timeout;
            watchdog.stop();
            interruptThread();
        } finally {
            lock.unlock();
        }
        execution.cancelRequest().forget(interrupt);
        onTimeout.accept(this, timeout);
    }

    private void interrupt() {
        lock.lock();
        try {
            if (!over) {
                interruptThread();
            }
        } finally {
            lock.unlock();
        }
    }

    /** With the lock, so that the thread is not on to something else meanwhile. */
    private void interruptThread() {
        // Where everything runs in one thread, it is in the midst of something else than this attempt's code.
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    @Override
    public void heartbeat(@Nullable Object details) {
        execution.throwIfEnded();
        Payload encoded =
                execution.host().payloads().encodeHeartbeat(details, "the heartbeat of step \"" + name() + "\"");
        lock.lock();
        try {
            if (over) {
                throw cancelled(timedOut);
            }
            watchdog.beat();
            if (!step.shielded() && execution.cancelRequest().isRequested()) {
                throw cancelled(null);
            }
            heartbeats.beat(encoded);
        } finally {
            lock.unlock();
        }
    }

    private StepCancelledException cancelled(@Nullable StepTimeoutException cause) {
        StepCancelledException told = new StepCancelledException(name(), seq());
        if (cause != null) {
            told.initCause(cause);
        }
        return told;
    }

    private void byClock(Runnable task) {
        lock.lock();
        try {
            if (!over && !execution.hasEnded()) {
                task.run();
            }
        } catch (ExecutionAbandonedError e) {
            // It has ended just now; its threads find out by themselves.
            return;
        } finally {
            lock.unlock();
        }
    }

    private void report(@Nullable Payload details) {
        long atMs = execution.host().environment().clock().wallMs();
        execution.report(Facts.of(new StepHeartbeat(seq(), name(), number, details, atMs)));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Optional<T> lastHeartbeat(Class<T> type) {
        return Optional.ofNullable((T) execution.host().payloads().decode(earlierDetails, type));
    }

    @Override
    public String workflowId() {
        return execution.name().workflowId();
    }

    @Override
    public int seq() {
        return step.seq();
    }

    @Override
    public String name() {
        return step.call().name();
    }

    @Override
    public int attempt() {
        return number;
    }
}
