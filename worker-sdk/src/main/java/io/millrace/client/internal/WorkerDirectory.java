package io.millrace.client.internal;

import io.millrace.client.SeenWorker;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.Leases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was heard of on the workers topic, fed with its records in order. Thread-safe.
 *
 * <p>How long a worker has been silent is counted in the pulses of the engine instance that has counted most, as engines do it themselves.
 * Of the time before this directory was opened the topic does not have all pulses any more; for that, and only until a worker's next
 * heartbeat, the clocks of machines are compared, which is good enough to look at and not to decide by.
 */
final class WorkerDirectory {
    private final Map<String, Entry> workers = new HashMap<>();
    private final Map<String, Long> pulses = new HashMap<>();
    private long latestMs = Long.MIN_VALUE;
    private boolean isOpen;

    /** A worker's last heartbeat; how long it had been silent before pulses were counted; how many there had been then. */
    private record Entry(Heartbeat heartbeat, long silentBeforeMs, Map<String, Long> pulsesBefore) {}

    /** To be called with each record; one without a value says that somebody is gone. */
    synchronized void onRecord(String key, @Nullable Heartbeat heartbeat) {
        if (heartbeat != null) {
            latestMs = Math.max(latestMs, heartbeat.getSentAtMs());
        }
        if (key.startsWith(Leases.ENGINE_KEY_PREFIX)) {
            if (heartbeat != null) {
                pulses.merge(key, 1L, Long::sum);
            }
        } else if (heartbeat == null) {
            workers.remove(key);
        } else if (heartbeat.getWorker() != null) {
            workers.put(key, new Entry(heartbeat, 0, Map.copyOf(pulses)));
        }
    }

    /** To be called once, when what was on the topic before has been read. */
    synchronized void onCaughtUp() {
        isOpen = true;
        Map<String, Long> until = Map.copyOf(pulses);
        workers.replaceAll((workerId, entry) ->
                new Entry(entry.heartbeat(), latestMs - entry.heartbeat().getSentAtMs(), until));
    }

    /** All workers that are alive, or were lost and are remembered, in no order; empty before it has caught up. */
    synchronized List<SeenWorker> all() {
        if (!isOpen) {
            return List.of();
        }
        return workers.entrySet().stream()
                .filter(worker -> silentMs(worker.getValue()) <= Leases.REMEMBERED.toMillis())
                .map(worker -> seen(worker.getKey(), worker.getValue()))
                .toList();
    }

    private SeenWorker seen(String workerId, Entry entry) {
        Heartbeat heartbeat = entry.heartbeat();
        long leaseMs = Leases.within(heartbeat.getWorker().getLeaseMs());
        return new SeenWorker(workerId, heartbeat.getWorker(), heartbeat.getSentAtMs(), silentMs(entry) > leaseMs);
    }

    private long silentMs(Entry entry) {
        long counted = pulses.entrySet().stream()
                .mapToLong(engine -> engine.getValue() - entry.pulsesBefore().getOrDefault(engine.getKey(), 0L))
                .max()
                .orElse(0);
        return entry.silentBeforeMs() + counted * Leases.PULSE_MS;
    }
}
