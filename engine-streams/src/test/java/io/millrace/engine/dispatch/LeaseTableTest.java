package io.millrace.engine.dispatch;

import static io.millrace.engine.testing.Samples.heartbeat;
import static io.millrace.engine.testing.Samples.lastHeartbeat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.engine.dispatch.Workers.Standing;
import io.millrace.schemas.Leases;
import io.millrace.schemas.WorkerHeartbeat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
    private static final int DEFAULT_LEASE_PULSES = (int) (LeaseTable.DEFAULT_LEASE_MS / LeaseTable.PULSE_MS);

    private final LeaseTable leases = new LeaseTable();

    @Test
    void shouldKeepAWorkerAliveForItsLease() {
        leases.onHeartbeat("w1", heartbeat("demo"));
        pulses(DEFAULT_LEASE_PULSES);
        assertEquals(Standing.ALIVE, leases.standing("w1"));
        pulses(1);
        assertEquals(Standing.LOST, leases.standing("w1"));
        assertNull(leases.find("w1"));
        assertEquals(List.of(), List.copyOf(leases.alive()));
    }

    @Test
    void shouldBeginTheLeaseAnewWithEachHeartbeat() {
        leases.onHeartbeat("w1", heartbeat("demo"));
        pulses(DEFAULT_LEASE_PULSES);
        leases.onHeartbeat("w1", heartbeat("demo"));
        pulses(DEFAULT_LEASE_PULSES);
        assertEquals(Standing.ALIVE, leases.standing("w1"));
        pulses(1);
        leases.onHeartbeat("w1", heartbeat("demo"));
        assertEquals(Standing.ALIVE, leases.standing("w1"), "a lost worker that is heard of again has a lease again");
    }

    @Test
    void shouldLetTimeStandStillWithoutItsOwnPulses() {
        leases.onHeartbeat("w1", heartbeat("demo"));
        for (int i = 0; i < 1_000; i++) {
            leases.onHeartbeat("w2", heartbeat("demo"));
        }
        assertEquals(Standing.ALIVE, leases.standing("w1"));
    }

    @Test
    void shouldHoldLeasesToTheirBounds() {
        leases.onHeartbeat("short", withLease(-1));
        leases.onHeartbeat("long", withLease(Long.MAX_VALUE));
        pulses((int) (Leases.MIN_MS / LeaseTable.PULSE_MS));
        assertEquals(Standing.ALIVE, leases.standing("short"));
        pulses(1);
        assertEquals(Standing.LOST, leases.standing("short"));
        pulses((int) (Leases.MAX_MS / LeaseTable.PULSE_MS));
        assertEquals(Standing.LOST, leases.standing("long"));
    }

    @Test
    void shouldGiveAnUnknownWorkerTheDefaultLeaseFromWhenItIsAskedAbout() {
        pulses(100);
        assertEquals(Standing.ALIVE, leases.standing("w1"));
        assertNull(leases.find("w1"), "nobody knows what it can run");
        pulses(DEFAULT_LEASE_PULSES);
        assertEquals(Standing.ALIVE, leases.standing("w1"));
        pulses(1);
        assertEquals(Standing.LOST, leases.standing("w1"));
    }

    @Test
    void shouldTellThoseThatLeaveFromThoseThatGiveUp() {
        leases.onHeartbeat("leaves", lastHeartbeat("demo"));
        leases.onHeartbeat("gives up", heartbeat("demo"));
        leases.onGoodbye("leaves");
        leases.onGoodbye("gives up");
        leases.onGoodbye("never heard of");
        assertEquals(List.of(), List.copyOf(leases.alive()));
        assertEquals(Standing.ALIVE, leases.standing("leaves"), "what it reported last may not have been read yet");
        pulses(DEFAULT_LEASE_PULSES + 1);
        assertEquals(Standing.LEFT, leases.standing("leaves"));
        assertEquals(Standing.LOST, leases.standing("gives up"));
        assertEquals(Standing.LOST, leases.standing("never heard of"));
    }

    @Test
    void shouldWelcomeAWorkerThatComesBack() {
        leases.onHeartbeat("w1", lastHeartbeat("demo"));
        leases.onGoodbye("w1");
        leases.onHeartbeat("w1", heartbeat("demo", "other"));
        assertEquals(Standing.ALIVE, leases.standing("w1"));
        assertEquals(Set.of("demo", "other"), found("w1").workflowTypes());
    }

    @Test
    void shouldTakeOverWhatAWorkerSaysNew() {
        leases.onHeartbeat("w1", heartbeat("demo"));
        WorkerInfo before = found("w1");
        leases.onHeartbeat("w1", heartbeat("demo"));
        assertEquals(before, found("w1"));
        leases.onHeartbeat("w1", lastHeartbeat("demo"));
        assertEquals(true, found("w1").stopping());
    }

    @Test
    void shouldForgetThoseThatHaveBeenGoneForAnHour() {
        leases.onHeartbeat("w1", lastHeartbeat("demo"));
        leases.onGoodbye("w1");
        pulses(7_200);
        assertEquals(Standing.LEFT, leases.standing("w1"));
        pulses(1);
        assertEquals(Standing.ALIVE, leases.standing("w1"), "like one that was never heard of");
    }

    private WorkerInfo found(String workerId) {
        WorkerInfo info = leases.find(workerId);
        assertNotNull(info);
        return info;
    }

    private void pulses(int count) {
        for (int i = 0; i < count; i++) {
            leases.onPulse();
        }
    }

    private static WorkerHeartbeat withLease(long leaseMs) {
        return WorkerHeartbeat.newBuilder(heartbeat("demo")).setLeaseMs(leaseMs).build();
    }
}
