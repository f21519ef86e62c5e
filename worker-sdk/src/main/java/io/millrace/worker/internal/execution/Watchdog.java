package io.millrace.worker.internal.execution;

import io.millrace.worker.StepTiming;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the time that one attempt of a step takes. It reckons with timers alone, so a clock that jumps neither saves nor kills
 * an attempt. Not thread-safe: its owner has the lock.
 */
final class Watchdog {
    /** A time that nobody lives to see, and that timers can still count. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final WorkerClock clock;
    private final StepTiming timing;
    private final Consumer<String> onExpiry;
    private WorkerClock.@Nullable Timer timeout;
    private WorkerClock.@Nullable Timer silence;
    private long beatAtMs;

    /**
     * Sleeps yet.
     *
     * @param onExpiry is told in words what took too long; called by the clock
     */
    Watchdog(WorkerClock clock, StepTiming timing, Consumer<String> onExpiry) {
        this.clock = clock;
        this.timing = timing;
        this.onExpiry = onExpiry;
    }

    /** The attempt begins. */
    void start() {
        Duration longest = timing.timeout();
        if (longest != null) {
            timeout = schedule(longest, "took longer than its timeout of " + longest);
        }
        listen();
    }

    /** The attempt has shown that it is alive. */
    void beat() {
        // Code may call this in its innermost loop: once in a millisecond is precise enough.
        if (silence != null && clock.wallMs() != beatAtMs) {
            silence.cancel();
            listen();
        }
    }

    /** The attempt is over. */
    void stop() {
        if (timeout != null) {
            timeout.cancel();
        }
        if (silence != null) {
            silence.cancel();
        }
    }

    private void listen() {
        Duration longest = timing.heartbeatTimeout();
        if (longest != null) {
            beatAtMs = clock.wallMs();
            silence = schedule(longest, "sent no heartbeat for longer than its heartbeat timeout of " + longest);
        }
    }

    private WorkerClock.Timer schedule(Duration delay, String what) {
        return clock.schedule(delay.compareTo(LONGEST) > 0 ? LONGEST : delay, () -> onExpiry.accept(what));
    }
}
