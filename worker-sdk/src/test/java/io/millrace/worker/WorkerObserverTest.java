package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an observer is told of a worker. */
class WorkerObserverTest {
    private static final RetryPolicy ONCE_MORE =
            RetryPolicy.of(2).backoff(Duration.ZERO, 1).jitter(0);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final AtomicInteger records = new AtomicInteger();
    private TestBench bench;

    @AfterEach
    void close() {
        bench.close();
    }

    private void start(Workflow<String, ?> workflow) {
        bench = TestBench.threaded(
                workflow, builder -> builder.slots(3).eagerSlots(2).observer(new Notes()));
    }

    @Test
    void shouldTellOfAttemptsAndOfTheEnd() {
        AtomicInteger attempts = new AtomicInteger();
        start((ctx, in) -> {
            ctx.step(StepCall.of("charge", ONCE_MORE, step -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new IllegalStateException("not yet");
                }
            }));
            try {
                ctx.step(StepCall.of("mail", RetryPolicy.NONE, step -> {
                    throw new IllegalStateException("never");
                }));
            } catch (StepFailedException e) {
                return "without mail";
            }
            return "with mail";
        });
        bench.topics.grant(Records.grant("w", 1, ""));

        awaitTold(
                "ready 3 2",
                "test began",
                "test step RETRIED",
                "test step COMPLETED",
                "test step FAILED",
                "test CLOSED");
        await().until(() -> records.get() > 0 && unacknowledged.get() == 0);
    }

    @Test
    void shouldTellThatAWorkflowIsParked() {
        start((ctx, in) -> {
            ctx.sleep(Duration.ofHours(1));
            return null;
        });
        bench.topics.grant(Records.grant("w", 1, ""));

        awaitTold("ready 3 2", "test began", "test PARKED");
    }

    @Test
    void shouldTellOfALostLeaseOnceAndOfTheNewBeginning() {
        start((ctx, in) -> null);
        bench.topics.holdHeartbeats(true);
        bench.clock.advance(Duration.ofSeconds(9));
        // Before the lease lapses: what begins anew then, in a thread of its own, is to be heard.
        bench.topics.holdHeartbeats(false);
        bench.clock.freeze(Duration.ofSeconds(1));
        bench.clock.advance(Duration.ofSeconds(1));

        awaitTold("ready 3 2", "lease lost", "ready 3 2");
    }

    @Test
    void shouldTellOfRecordsThatDoNotArrive() {
        start((ctx, in) -> null);
        bench.topics.failSends(new IllegalStateException("no broker"));
        bench.topics.grant(Records.grant("w", 1, ""));

        await().until(() -> told.contains("lease lost"));
        assertTrue(told.contains("record failed"), told.toString());
        bench.topics.failSends(null);
    }

    private void awaitTold(String... expected) {
        await().untilAsserted(() -> assertEquals(List.of(expected), told));
    }

    private final class Notes implements WorkerObserver {
        @Override
        public void ready(int slots, int eagerSlots) {
            told.add("ready " + slots + " " + eagerSlots);
        }

        @Override
        public void executionBegan(String workflowType) {
            told.add(workflowType + " began");
        }

        @Override
        public void executionEnded(String workflowType, ExecutionEnd how, long nanos) {
            told.add(workflowType + " " + how);
        }

        @Override
        public void stepEnded(String workflowType, StepEnd how, long nanos) {
            told.add(workflowType + " step " + how);
        }

        @Override
        public void recordSent() {
            unacknowledged.incrementAndGet();
            records.incrementAndGet();
        }

        @Override
        public void recordAcknowledged(boolean arrived) {
            unacknowledged.decrementAndGet();
            if (!arrived) {
                told.add("record failed");
            }
        }

        @Override
        public void leaseLost() {
            told.add("lease lost");
        }
    }
}
