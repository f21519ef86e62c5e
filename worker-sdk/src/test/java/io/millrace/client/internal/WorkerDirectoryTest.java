package io.millrace.client.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.client.SeenWorker;
import io.millrace.schemas.EnginePulse;
import io.millrace.schemas.Heartbeat;
import io.millrace.schemas.Leases;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerDirectoryTest {
    private static final long LEASE_MS = 10_000;
    private static final int PULSES_OF_LEASE = (int) (LEASE_MS / Leases.PULSE_MS);

    private final WorkerDirectory directory = new WorkerDirectory();

    @Test
    void shouldShowNobodyBeforeItHasCaughtUp() {
        heartbeat("w", 0);
        assertEquals(List.of(), directory.all());

        directory.onCaughtUp();

        assertEquals(List.of("w"), ids());
    }

    @Test
    void shouldCountSilenceInPulsesOfTheEngineThatHasCountedMost() {
        directory.onCaughtUp();
        pulses("a", 50);
        heartbeat("w", 0);
        pulses("a", PULSES_OF_LEASE);
        pulses("b", PULSES_OF_LEASE - 1);
        assertFalse(one().lost());

        pulses("a", 1);

        assertTrue(one().lost());
        heartbeat("w", 5);
        assertFalse(one().lost());
        assertEquals(5, one().heardAtMs());
    }

    @Test
    void shouldLoseNobodyWhileNoEngineRuns() {
        directory.onCaughtUp();
        heartbeat("w", 0);
        heartbeat("other", 1_000_000);

        assertTrue(directory.all().stream().noneMatch(SeenWorker::lost));
    }

    @Test
    void shouldJudgeTheTimeBeforeItWasOpenedByClocks() {
        heartbeat("gone", 0);
        heartbeat("there", 50_000);
        directory.onRecord("engine/a", pulse(50_000 + LEASE_MS));

        directory.onCaughtUp();

        assertEquals(
                List.of("gone"),
                directory.all().stream()
                        .filter(SeenWorker::lost)
                        .map(SeenWorker::workerId)
                        .toList());
        pulses("a", 1);
        assertTrue(directory.all().stream().allMatch(SeenWorker::lost));
    }

    @Test
    void shouldForgetWhoSaidGoodbyeAndWhoIsLostForAnHour() {
        directory.onCaughtUp();
        heartbeat("w", 0);
        heartbeat("left", 0);
        directory.onRecord("left", null);
        assertEquals(List.of("w"), ids());

        pulses("a", (int) (Leases.REMEMBERED.toMillis() / Leases.PULSE_MS));
        assertEquals(List.of("w"), ids());
        pulses("a", 1);

        assertEquals(List.of(), ids());
    }

    private void pulses(String engine, int count) {
        for (int i = 0; i < count; i++) {
            directory.onRecord(Leases.ENGINE_KEY_PREFIX + engine, pulse(0));
        }
    }

    private static Heartbeat pulse(long atMs) {
        return new Heartbeat(atMs, null, new EnginePulse("h", "incarnation"));
    }

    private void heartbeat(String workerId, long atMs) {
        WorkerHeartbeat worker = WorkerHeartbeat.newBuilder()
                .setHost("h")
                .setStartedAtMs(0)
                .setLeaseMs(LEASE_MS)
                .setQueues(List.of("q"))
                .setWorkflowTypes(List.of("t"))
                .setSlots(1)
                .build();
        directory.onRecord(workerId, new Heartbeat(atMs, worker, null));
    }

    private SeenWorker one() {
        return directory.all().get(0);
    }

    private List<String> ids() {
        return directory.all().stream().map(SeenWorker::workerId).sorted().toList();
    }
}
