package io.millrace.worker.internal.execution;

import io.millrace.schemas.Payload;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts heartbeats of one attempt on record, the first one at once and then no more than one in each period: the latest that came
 * in it, when it is over. Not thread-safe: its owner has the lock.
 */
final class HeartbeatReports {
    /** For steps without a heartbeat timeout. */
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final WorkerClock clock;
    private final Duration period;
    private final Consumer<Runnable> locked;
    private final Consumer<@Nullable Payload> report;
    private @Nullable Payload latest;
    private boolean unreported;
    private WorkerClock.@Nullable Timer quiet;

    /**
     * None has come yet.
     *
     * @param earlier the details that are known from before this attempt
     * @param locked runs what the clock does, with the lock held
     * @param report puts details on record
     */
    HeartbeatReports(
            WorkerClock clock,
            @Nullable Duration heartbeatTimeout,
            @Nullable Payload earlier,
            Consumer<Runnable> locked,
            Consumer<@Nullable Payload> report) {
        this.clock = clock;
        this.period = heartbeatTimeout == null ? PERIOD : heartbeatTimeout.dividedBy(2);
        this.latest = earlier;
        this.locked = locked;
        this.report = report;
    }

    /** A heartbeat has come; one without details leaves those that came before. */
    void beat(@Nullable Payload details) {
        if (details != null) {
            latest = details;
        }
        unreported = true;
        if (quiet == null) {
            reportNow();
        }
    }

    /** The last details that are known. */
    @Nullable
    Payload latest() {
        return latest;
    }

    /** The attempt is over; what was held back goes on record if another one follows, which may be in another worker. */
    void end(boolean anotherFollows) {
        if (quiet != null) {
            quiet.cancel();
        }
        if (unreported && anotherFollows) {
            unreported = false;
            report.accept(latest);
        }
    }

    private void reportNow() {
        unreported = false;
        report.accept(latest);
        quiet = clock.schedule(period, () -> locked.accept(this::quietIsOver));
    }

    private void quietIsOver() {
        quiet = null;
        if (unreported) {
            reportNow();
        }
    }
}
