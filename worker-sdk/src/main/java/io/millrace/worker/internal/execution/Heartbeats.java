package io.millrace.worker.internal.execution;

import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.WorkerHeartbeat;
import io.millrace.worker.WorkerObserver;
import io.millrace.worker.internal.transport.WorkerTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Keeps the lease: a heartbeat every quarter of it, and an alarm when none got through for all of it. */
final class Heartbeats {
    private static final int BEATS_PER_LEASE = 4;

    private final String workerId;
    private final WorkerHeartbeat announcement;
    private final WorkerTransport transport;
    private final WorkerClock clock;
    private final Lease lease;
    private final WorkerObserver observer;
    private volatile boolean stopped;

    Heartbeats(
            String workerId,
            WorkerHeartbeat announcement,
            WorkerTransport transport,
            WorkerClock clock,
            WorkerObserver observer) {
        this.workerId = workerId;
        this.announcement = announcement;
        this.transport = transport;
        this.clock = clock;
        this.observer = observer;
        this.lease =
                new Lease(clock, Duration.ofMillis(announcement.getLeaseMs()).toNanos());
    }

    boolean leaseHeld() {
        return lease.held();
    }

    /** Sends one; an acknowledgement renews the lease. */
    CompletableFuture<Void> beat() {
        long sentAtNanos = clock.nanos();
        Heartbeat heartbeat = new Heartbeat(clock.wallMs(), announcement, null);
        return transport
                .sendHeartbeat(workerId, heartbeat)
                .whenComplete((ok, error) -> observer.heartbeat(error == null))
                .thenRun(() -> lease.renewed(sentAtNanos));
    }

    /**
     * Goes on until it is stopped or the lease has lapsed.
     *
     * @param onBeat called with each heartbeat
     * @param onLapse called once
     */
    void keepBeating(Runnable onBeat, Runnable onLapse) {
        Duration period = Duration.ofMillis(announcement.getLeaseMs()).dividedBy(BEATS_PER_LEASE);
        clock.schedule(period, () -> {
            if (stopped) {
                return;
            }
            if (!lease.held()) {
                // No heartbeat any more: after a freeze it would tell the engine that the old id lives on.
                onLapse.run();
                return;
            }
            beat();
            onBeat.run();
            keepBeating(onBeat, onLapse);
        });
    }

    /** Says that no more work is taken. */
    void announceStopping() {
        announcement.setStopping(true);
        beat();
    }

    /** Nothing is sent any more. */
    void stop() {
        stopped = true;
    }

    /** Says that this worker is no more. */
    CompletableFuture<Void> sayGoodbye() {
        return transport.sendHeartbeat(workerId, null);
    }
}
