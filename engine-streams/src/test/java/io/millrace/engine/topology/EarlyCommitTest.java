package io.millrace.engine.topology;

import static io.millrace.engine.testing.Samples.completed;
import static io.millrace.engine.testing.Samples.demo;
import static io.millrace.engine.testing.Samples.eagerlyStarted;
import static io.millrace.engine.testing.Samples.event;
import static io.millrace.engine.testing.Samples.startCommand;
import static io.millrace.engine.testing.Samples.stepCompleted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.dispatch.LeaseTable;
import io.millrace.engine.machine.Retention;
import io.millrace.engine.testing.Samples;
import io.millrace.schemas.Credit;
import io.millrace.schemas.WorkerEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** For whom a partition's engine commits early. The pace is a thread's, so each test has a thread of its own. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class EarlyCommitTest {
    private static final long NOW = 1_000_000_000;
    private static final long KEPT_MS = 1_000;

    private final LeaseTable leases = new LeaseTable();
    private final LivingEngine engine = new LivingEngine(leases, 0, 1, Retention.of(Duration.ofMillis(KEPT_MS)), NOW);

    static {
        Samples.ready();
    }

    /** Not before each test, which would be another thread. */
    private void commitForAnAnswer() {
        leases.onHeartbeat("w1", Samples.heartbeat("demo"));
        engine.event("w1", new WorkerEvent("w1", 0L, List.of(), new Credit(0L, 1, false), null), NOW);
        engine.command("first", startCommand("c1", demo()), NOW);
        assertEquals(1, engine.commitsAsked());
    }

    @Test
    void shouldNotCommitForAnEagerWorkflowWhoseStarterHasItsResult() {
        commitForAnAnswer();
        engine.event("eager", event("w2", 1, eagerlyStarted(demo()), stepCompleted(1)), NOW + 30);
        engine.event("eager", event("w2", 1, completed(1)), NOW + 60);
        engine.tick(NOW + 99);
        assertEquals(1, engine.commitsAsked());
        engine.tick(NOW + 100);
        assertEquals(2, engine.commitsAsked());
    }

    @Test
    void shouldCommitForTheEndOfADispatchedWorkflowAndNotForItsSteps() {
        commitForAnAnswer();
        engine.event("first", event("w1", 1, stepCompleted(1)), NOW + 30);
        assertEquals(1, engine.commitsAsked());
        engine.event("first", event("w1", 1, completed(1)), NOW + 40);
        assertEquals(2, engine.commitsAsked());
    }

    @Test
    void shouldNotHoldUpCallersForLongWhileItPurges() {
        commitForAnAnswer();
        engine.tick(NOW);
        engine.tick(NOW);
        engine.event("eager", event("w2", 1, eagerlyStarted(demo()), stepCompleted(1), completed(1)), NOW);
        long over = NOW + KEPT_MS;
        engine.command("second", startCommand("c2", demo()), over - 1);
        int before = engine.commitsAsked();
        engine.written();
        engine.tick(over);
        assertTrue(
                engine.written().stream()
                        .anyMatch(each -> each.sink().equals(EngineTopology.COMMANDS_SINK)
                                && each.key().equals("eager")),
                "it is purged");
        engine.tick(over + 23);
        assertEquals(before, engine.commitsAsked());
        engine.tick(over + 24);
        assertEquals(before + 1, engine.commitsAsked(), "what callers send is behind the tombstone");
    }
}
