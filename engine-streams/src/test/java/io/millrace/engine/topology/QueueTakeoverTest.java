package io.millrace.engine.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.testing.Commands;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Credit;
import io.millrace.schemas.QueueSettings;
import io.millrace.schemas.WorkerEvent;
import io.millrace.schemas.store.ToldToQueue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another engine takes a partition over while its queue gets limits, or with another clock. */
class QueueTakeoverTest {
    private static final long NOW = 1_000_000_000;

    private final LeaseTable leases = new LeaseTable();
    private final LivingEngine engine = new LivingEngine(leases, 0, 1, Retention.FOREVER, NOW);

    static {
        Samples.ready();
    }

    @BeforeEach
    void shouldRunOneOfTwo() {
        leases.onHeartbeat("w1", Samples.heartbeat("demo"));
        engine.event("w1", new WorkerEvent("w1", 0L, List.of(), new Credit(0L, 1, false), null), NOW);
        engine.command("runs", Samples.startCommand("c1", Samples.demo()), NOW);
        engine.command("waits", Samples.startCommand("c2", Samples.demo()), NOW);
        engine.tick(NOW);
        assertNull(told("runs"), "its queue has no limits");
    }

    @Test
    void shouldCountWhatRanWhenTheLimitsCame() {
        getLimits();
        engine.restart(NOW);
        engine.tick(NOW + 1_000);
        ToldToQueue runs = told("runs");
        assertNotNull(runs);
        assertTrue(runs.getHoldsSlot());
        assertEquals("w1", runs.getWorkerId());
        ToldToQueue waits = told("waits");
        assertNotNull(waits);
        assertTrue(waits.getWaits());
    }

    @Test
    void shouldGoOnFromTheTicketsThatWereGivenOutWhateverTheClockSays() {
        getLimits();
        engine.tick(NOW + 1_000);
        ToldToQueue before = told("waits");
        engine.restart(NOW - 10_000);
        engine.command("waits", Commands.pause("c3"), NOW - 10_000);
        assertNull(told("waits"));
        engine.command("waits", Commands.unpause("c4"), NOW - 10_000);
        assertTrue(told("waits").getTicket() > before.getTicket(), "or its queue would take the newer for the older");
    }

    private void getLimits() {
        QueueSettings settings = new QueueSettings();
        settings.setQueue("default");
        settings.setConcurrency(1);
        settings.setRevision(1);
        engine.settings(settings);
    }

    private @Nullable ToldToQueue told(String workflowId) {
        return engine.stores().told().find(workflowId);
    }
}
