package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cancel that comes while a workflow runs or waits, on real threads. The clock all but stands: what ends, the cancel has ended. */
class CancelWhileRunningTest {
    private static final Duration MOMENT = Duration.ofMillis(800);
    private static final RetryPolicy SOON = RetryPolicy.of(3).backoff(MOMENT, 1).jitter(0);

    private final CountDownLatch stepBegan = new CountDownLatch(1);
    private final CountDownLatch stepMayEnd = new CountDownLatch(1);
    private final AtomicInteger ran = new AtomicInteger();
    private TestBench bench;

    @AfterEach
    void close() {
        stepMayEnd.countDown();
        bench.close();
    }

    private void start(Workflow<String, ?> workflow) {
        bench = TestBench.threaded(workflow);
        bench.topics.grant(Records.grant("w", 1, ""));
    }

    private void startAndCancelWhen(String lastFact, Workflow<String, ?> workflow) {
        start(workflow);
        awaitFact(lastFact);
        bench.cancel("w", 1);
    }

    /** The clock goes on just enough for facts to be sent. */
    private void awaitFact(String fact) {
        await().untilAsserted(() -> {
            bench.clock.advance(Duration.ofMillis(3));
            assertTrue(bench.eachFact().contains(fact), () -> bench.eachFact().toString());
        });
    }

    private String slowStep() throws InterruptedException {
        stepBegan.countDown();
        stepMayEnd.await();
        return "late";
    }

    @Test
    void shouldEndASleepAtOnce() {
        startAndCancelWhen("sleep 1 for 800", (ctx, in) -> {
            ctx.sleep(MOMENT);
            return null;
        });
        bench.awaitEachFact(
                "sleep 1 for 800", "cancel surfaced at 1.0", "step 1 sleep #1 cancelled", "cancelled after 1");
    }

    @Test
    void shouldEndARetryWaitAtOnce() {
        String retries = "step 1 a #1 retries in 800 after IOException: boom";
        startAndCancelWhen(retries, (ctx, in) -> {
            ctx.step("a", SOON, () -> {
                throw new IOException("boom");
            });
            return null;
        });
        bench.awaitEachFact(retries, "cancel surfaced at 1.0", "step 1 a #1 cancelled", "cancelled after 1");
    }

    @Test
    void shouldEndAStepBesideThatWaitsForAnotherAttempt() {
        String retries = "step 1 a #1 retries in 800 after IOException: boom";
        startAndCancelWhen(retries, (ctx, in) -> {
            Promise<String> a = ctx.stepAsync("a", String.class, SOON, () -> {
                throw new IOException("boom");
            });
            return ctx.step("b", String.class, this::slowStep) + a.get();
        });
        awaitFact("step 1 a #1 cancelled");
        stepMayEnd.countDown();
        bench.awaitEachFact(
                retries,
                "step 1 a #1 cancelled",
                "step 2 b #1 -> \"late\"",
                "cancel surfaced at 2.1",
                "cancelled after 2");
    }

    @Test
    void shouldEndAWaitForAPromiseAtOnceAndLetWhatRunsEnd() {
        start((ctx, in) -> ctx.stepAsync("a", String.class, this::slowStep).get());
        await().until(() -> stepBegan.getCount() == 0);
        bench.cancel("w", 1);
        awaitFact("cancel surfaced at 1.1");
        stepMayEnd.countDown();
        bench.awaitEachFact("cancel surfaced at 1.1", "step 1 a #1 -> \"late\"", "cancelled after 1");
    }

    @Test
    void shouldStartNothingAfterTheStepThatIsRunning() {
        start((ctx, in) -> {
            ctx.step("a", String.class, this::slowStep);
            ctx.step("b", ran::incrementAndGet);
            return null;
        });
        await().until(() -> stepBegan.getCount() == 0);
        bench.cancel("w", 1);
        stepMayEnd.countDown();
        bench.awaitEachFact(
                "step 1 a #1 -> \"late\"", "cancel surfaced at 2.0", "step 2 b #0 cancelled", "cancelled after 2");
        assertEquals(0, ran.get());
    }

    @Test
    void shouldCompleteWhereTheCodeReturnsWithoutComingToAPointAgain() {
        start((ctx, in) -> ctx.step("a", String.class, this::slowStep));
        await().until(() -> stepBegan.getCount() == 0);
        bench.cancel("w", 1);
        stepMayEnd.countDown();
        bench.awaitEachFact("step 1 a #1 -> \"late\"", "completed \"late\" after 1");
    }

    @Test
    void shouldNotEndWhatIsShielded() {
        startAndCancelWhen("sleep 2 for 800", (ctx, in) -> {
            ctx.shielded(() -> {
                Promise<String> beside = ctx.stepAsync("a", String.class, SOON, step -> {
                    if (step.attempt() == 1) {
                        throw new IOException("boom");
                    }
                    return "A" + step.attempt();
                });
                ctx.sleep(MOMENT);
                ran.addAndGet(beside.get().length());
            });
            return ctx.step("b", String.class, () -> "B");
        });
        await().until(() -> {
            bench.clock.advance(Duration.ofMillis(100));
            return bench.eachFact().contains("cancelled after 3");
        });
        List<String> facts = bench.eachFact();
        assertEquals(
                List.of("cancel surfaced at 3.0", "step 3 b #0 cancelled", "cancelled after 3"),
                facts.subList(facts.size() - 3, facts.size()));
        assertTrue(facts.contains("step 1 a #2 -> \"A2\""), facts.toString());
        assertTrue(facts.contains("step 2 sleep #1 -> null"), facts.toString());
        assertEquals(2, ran.get());
    }

    @Test
    void shouldHaveNothingLeftRunningWhenItIsCancelled() {
        start((ctx, in) -> {
            ctx.stepAsync("a", String.class, this::slowStep);
            ctx.step("b", () -> {
                stepBegan.await();
                bench.cancel("w", 1);
            });
            return ctx.step("c", String.class, () -> "C");
        });
        // The code is through, and what it has begun is not: neither is the workflow.
        awaitFact("step 3 c #0 cancelled");
        assertEquals(
                List.of("step 2 b #1 -> null", "cancel surfaced at 3.0", "step 3 c #0 cancelled"), bench.eachFact());
        stepMayEnd.countDown();
        await().until(() -> bench.eachFact().contains("cancelled after 3"));
        assertEquals("step 1 a #1 -> \"late\"", bench.eachFact().get(3));
    }

    @Test
    void shouldHeedOnlyTheFirstCancelAndOnlyOfItsOwnExecution() {
        start((ctx, in) -> {
            ctx.step("a", String.class, this::slowStep);
            return ctx.step("b", String.class, () -> "B");
        });
        await().until(() -> stepBegan.getCount() == 0);
        bench.cancel("w", 2);
        bench.cancel("v", 1);
        stepMayEnd.countDown();
        bench.awaitEachFact("step 1 a #1 -> \"late\"", "step 2 b #1 -> \"B\"", "completed \"B\" after 2");
    }

    @Test
    void shouldGoOnWithTheCleanUpWhereItIsGrantedAgain() {
        bench = TestBench.threaded((ctx, in) -> {
            try {
                ctx.sleep(Duration.ofDays(1));
            } finally {
                ctx.shielded(() -> ctx.sleep(Duration.ofMinutes(1)));
            }
            return null;
        });
        bench.topics.grant(Records.grant("w", 1, ""));
        bench.awaitFacts("sleep 1 for 86400000 + parked by 1 until 87400000");
        bench.topics.grant(Records.cancelled("w", 2, "1 sleep sleep WAITING due=87400000"));
        await().until(() -> bench.eachFact().contains("parked by 2 until 1060000"));
        assertEquals(
                List.of("cancel surfaced at 1.0", "step 1 sleep #1 cancelled", "sleep 2 for 60000"),
                bench.eachFact().subList(2, 5));
        bench.topics.grant(Records.cancelled("w", 3, 1, 0, "1 sleep sleep CANCELLED\n2 sleep sleep COMPLETED"));
        await().until(() -> bench.eachFact().contains("cancelled after 2"));
    }
}
