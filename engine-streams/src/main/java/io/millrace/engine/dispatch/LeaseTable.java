package io.millrace.engine.dispatch;

import io.millrace.schemas.Leases;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges leases by what is on the workers topic alone. Time is counted in the engine's own pulses on that topic: a worker is lost
 * when as many pulses as fill its lease have come since its last heartbeat. So a frozen engine, or a broker that was away, lets
 * time stand still for everybody, and clocks of different machines are never compared.
 *
 * <p>Fed by one thread in the order of the topic, read by many.
 */
public final class LeaseTable implements Workers {
    /** How far apart pulses are, in milliseconds. */
    public static final long PULSE_MS = Leases.PULSE_MS;

    /** The lease of a worker that has not said what its own is, in milliseconds. */
    public static final long DEFAULT_LEASE_MS = 10_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private volatile long pulses;

    /** A worker was heard of. */
    public void onHeartbeat(String workerId, WorkerHeartbeat heartbeat) {
        Entry known = entries.get(workerId);
        long leaseMs = Leases.within(heartbeat.getLeaseMs());
        WorkerInfo info = known != null && known.info != null && known.heartbeat.equals(heartbeat)
                ? known.info
                : infoOf(workerId, heartbeat);
        entries.put(workerId, new Entry(info, heartbeat, leaseMs, pulses, false));
    }

    /**
     * A worker's record was deleted: it takes nothing more. What it still owns is not free before its lease has run out, because
     * what it reported last may wait on the events topic, which is read apart from this one.
     */
    public void onGoodbye(String workerId) {
        Entry known = entries.get(workerId);
        entries.put(
                workerId,
                known == null
                        ? new Entry(null, NEVER, DEFAULT_LEASE_MS, pulses, true)
                        : new Entry(null, known.heartbeat, known.leaseMs, known.heardAtPulse, true));
    }

    /**
     * This engine instance heard its own pulse.
     *
     * @return workers that have been gone for so long that they were forgotten, and whose records are still there
     */
    public List<String> onPulse() {
        long now = ++pulses;
        List<String> forgotten = new ArrayList<>();
        entries.forEach((workerId, entry) -> {
            if (now - entry.heardAtPulse > FORGET_PULSES && entries.remove(workerId, entry) && !entry.saidGoodbye) {
                forgotten.add(workerId);
            }
        });
        return forgotten;
    }

    @Override
    public Standing standing(String workerId) {
        Entry entry =
                entries.computeIfAbsent(workerId, unknown -> new Entry(null, NEVER, DEFAULT_LEASE_MS, pulses, false));
        if (!entry.hasLapsed(pulses)) {
            return Standing.ALIVE;
        }
        // Only one that had announced that it was stopping left in order;
        // another gave up, as one does that is too slow.
        return entry.saidGoodbye && entry.heartbeat.getStopping() ? Standing.LEFT : Standing.LOST;
    }

    @Override
    public @Nullable WorkerInfo find(String workerId) {
        Entry entry = entries.get(workerId);
        return entry == null || entry.hasLapsed(pulses) ? null : entry.info;
    }

    @Override
    public Collection<WorkerInfo> alive() {
        long now = pulses;
        return entries.values().stream()
                .filter(entry -> entry.info != null && !entry.hasLapsed(now))
                .map(entry -> entry.info)
                .toList();
    }

    /**
     * What takes work at one moment.
     *
     * @param workers how many workers are alive, those that are stopping included
     * @param slots how many workflows they run at once, all together
     */
    public record Census(int workers, long slots) {}

    /** Counts the workers that are alive. */
    public Census census() {
        long now = pulses;
        int workers = 0;
        long slots = 0;
        for (Entry entry : entries.values()) {
            if (entry.info != null && !entry.hasLapsed(now)) {
                workers++;
                slots += entry.heartbeat.getSlots();
            }
        }
        return new Census(workers, slots);
    }

    private static WorkerInfo infoOf(String workerId, WorkerHeartbeat heartbeat) {
        return new WorkerInfo(
                workerId,
                Set.copyOf(heartbeat.getQueues()),
                Set.copyOf(heartbeat.getWorkflowTypes()),
                heartbeat.getApplicationVersion(),
                heartbeat.getStopping());
    }

    private static final WorkerHeartbeat NEVER = WorkerHeartbeat.newBuilder()
            .setHost("")
            .setStartedAtMs(0)
            .setLeaseMs(DEFAULT_LEASE_MS)
            .setQueues(List.of())
            .setWorkflowTypes(List.of())
            .setSlots(0)
            .build();

    /** How long a worker that is gone is remembered, in pulses. */
    private static final long FORGET_PULSES = Leases.REMEMBERED.toMillis() / PULSE_MS;

    private record Entry(
            @Nullable WorkerInfo info,
            WorkerHeartbeat heartbeat,
            long leaseMs,
            long heardAtPulse,
            boolean saidGoodbye) {
        boolean hasLapsed(long pulses) {
            return (pulses - heardAtPulse) * PULSE_MS > leaseMs;
        }
    }
}
