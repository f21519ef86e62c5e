package io.millrace.testkit;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.dispatch.Workers;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine's leases. They are counted in its pulses, and a worker of the kit that is not killed always beats in time; so there are
 * pulses only while the lease of one that was killed runs out.
 */
final class EngineLeases {
    private static final long NEVER = Long.MAX_VALUE;

    private final LeaseTable table = new LeaseTable();
    private final Set<String> runningOut = new HashSet<>();
    private long nextPulseAtMs = NEVER;

    Workers workers() {
        return table;
    }

    /** A worker was heard of, or, without a heartbeat, said goodbye. */
    void onHeartbeat(String workerId, @Nullable WorkerHeartbeat heartbeat) {
        if (heartbeat == null) {
            table.onGoodbye(workerId);
        } else {
            table.onHeartbeat(workerId, heartbeat);
        }
    }

    /** This worker will not be heard of any more. */
    void onDeath(String workerId, long nowMs) {
        runningOut.add(workerId);
        nextPulseAtMs = Math.min(nextPulseAtMs, nowMs + LeaseTable.PULSE_MS);
    }

    /** Whether the engine still takes this dead worker for alive. */
    boolean isRunningOut(String workerId) {
        return runningOut.contains(workerId) && isAlive(workerId);
    }

    /** When the engine next hears its own pulse, if it ever does. */
    long nextPulseAtMs() {
        return nextPulseAtMs;
    }

    void pulseIfDue(long nowMs) {
        if (nowMs < nextPulseAtMs) {
            return;
        }
        // One pulse more than it takes: the engine looks to leases less often than to its timers.
        runningOut.removeIf(workerId -> !isAlive(workerId));
        table.onPulse();
        nextPulseAtMs = runningOut.isEmpty() ? NEVER : nowMs + LeaseTable.PULSE_MS;
    }

    private boolean isAlive(String workerId) {
        return table.standing(workerId) == Workers.Standing.ALIVE;
    }
}
