package io.millrace.testkit;

import io.millrace.schemas.InboxMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Moves engine, worker and time, one after the other, in the thread that calls. All is quiet when there is no message left for the
 * worker: whatever is open then waits for time, for a worker, or for somebody else's call.
 */
final class Simulation {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final VirtualClock clock;
    private final InProcessEngine engine;
    private final InProcessWorker worker;
    private final ReentrantLock inUse = new ReentrantLock();
    private final Deque<KeyValue<String, InboxMessage>> undelivered = new ArrayDeque<>();
    /** How many deliveries are under way: more than one when code in a workflow uses the kit. */
    private int depth;

    private boolean closed;

    Simulation(VirtualClock clock, InProcessEngine engine, InProcessWorker worker) {
        this.clock = clock;
        this.engine = engine;
        this.worker = worker;
    }

    /** Everything that is asked of the kit comes through here, from tests as from the code of workflows and steps. */
    <T extends @Nullable Object> T call(Supplier<T> action) {
        if (!inUse.tryLock()) {
            throw new IllegalStateException("the test kit is in use by another thread; it is for one thread at a time");
        }
        try {
            if (closed) {
                throw new IllegalStateException("the test kit is closed");
            }
            int killsBefore = worker.kills();
            T result = action.get();
            if (depth > 0 && worker.kills() != killsBefore) {
                throw new WorkerKilledError();
            }
            return result;
        } finally {
            inUse.unlock();
        }
    }

    /** As {@link #call}, for what has no result. */
    void run(Runnable action) {
        call(() -> {
            action.run();
            return null;
        });
    }

    /** As {@link #run}, for what must not be done by the code of a workflow. */
    void callFromOutside(String what, Runnable action) {
        run(() -> {
            if (depth > 0) {
                throw new IllegalStateException("the code of a workflow cannot " + what);
            }
            action.run();
        });
    }

    /** Runs what can run without the time going on. */
    void settle() {
        undelivered.addAll(engine.takeInbox());
        while (!undelivered.isEmpty()) {
            KeyValue<String, InboxMessage> next = undelivered.remove();
            depth++;
            try {
                worker.deliver(next.key, next.value);
            } finally {
                depth--;
            }
            undelivered.addAll(engine.takeInbox());
        }
    }

    /** The worker dies. If it is its own code that wants so, that code must be unwound before anything else happens. */
    void crashWorker() {
        worker.kill();
        if (depth == 0) {
            settle();
        }
    }

    /** Goes forward, and lets everything happen at its own time on the way. */
    void advance(Duration by) {
        if (by.isNegative() || by.compareTo(LONGEST) > 0 || by.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(
                    "the clock goes forward by whole milliseconds, by " + LONGEST + " at most, and not by " + by);
        }
        long untilMs = clock.millis() + by.toMillis();
        settle();
        while (clock.millis() < untilMs) {
            clock.set(Math.min(untilMs, nextEventAtMs()));
            engine.catchUp();
            worker.runTimers();
            settle();
        }
    }

    /**
     * Outside a workflow's code, a worker's timers are its heartbeats alone, because every wait parks; it does not matter to anyone
     * when exactly they come.
     */
    private long nextEventAtMs() {
        long next = engine.nextEventAtMs();
        return depth == 0 ? next : Math.min(next, Math.max(clock.millis() + 1, worker.nextTimerAtMs()));
    }

    void close() {
        if (closed) {
            return;
        }
        callFromOutside("close the test kit", () -> {
            closed = true;
            worker.stop();
            engine.close();
        });
    }
}
