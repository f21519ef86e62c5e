package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is running ends and is recorded, and nothing follows, unless the pause is taken back in time. */
class PauseTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch codeIsThere = new CountDownLatch(1);
    private final AtomicInteger ran = new AtomicInteger();
    private TestBench bench;

    @AfterEach
    void close() {
        mayEnd.countDown();
        bench.close();
    }

    private void start(Workflow<String, ?> workflow) {
        bench = TestBench.threaded(workflow);
        bench.topics.grant(Records.grant("w", 1, ""));
    }

    private String slowStep() throws InterruptedException {
        begun.countDown();
        mayEnd.await();
        return "late";
    }

    /** Comes to step 2 while step 1 is running beside it. */
    private void startWithAStepBeside() {
        start((ctx, in) -> {
            Promise<String> a = ctx.stepAsync("a", String.class, this::slowStep);
            begun.await();
            bench.pause("w", 1, true);
            codeIsThere.countDown();
            int b = ctx.step("b", Integer.class, ran::incrementAndGet);
            return a.get() + b;
        });
    }

    @Test
    void shouldRecordTheRunningStepAndStartNoOther() {
        start((ctx, in) -> {
            ctx.step("a", String.class, this::slowStep);
            return ctx.step("b", Integer.class, ran::incrementAndGet);
        });
        await().until(() -> begun.getCount() == 0);
        bench.pause("w", 1, true);
        mayEnd.countDown();
        bench.awaitEachFact("step 1 a #1 -> \"late\"", "released: paused");
        assertEquals(0, ran.get());
    }

    @Test
    void shouldLetGoOfAWaitAtOnce() {
        start((ctx, in) -> {
            ctx.sleep(Duration.ofMillis(800));
            return ran.incrementAndGet();
        });
        await().until(() -> {
            bench.clock.advance(Duration.ofMillis(5));
            return bench.eachFact().contains("sleep 1 for 800");
        });
        bench.pause("w", 1, true);
        bench.awaitEachFact("sleep 1 for 800", "released: paused");
        assertEquals(0, ran.get());
    }

    @Test
    void shouldWaitForStepsBesideBeforeItLetsGo() {
        startWithAStepBeside();
        await().until(() -> codeIsThere.getCount() == 0);
        mayEnd.countDown();
        bench.awaitEachFact("step 1 a #1 -> \"late\"", "released: paused");
        assertEquals(0, ran.get());
    }

    @Test
    void shouldGoOnWhereThePauseIsTakenBackInTime() {
        startWithAStepBeside();
        await().until(() -> codeIsThere.getCount() == 0);
        bench.pause("w", 1, false);
        await().until(() -> ran.get() == 1);
        mayEnd.countDown();
        await().until(() -> bench.eachFact().contains("completed \"late1\" after 2"));
        assertEquals(3, bench.eachFact().size());
    }

    @Test
    void shouldLeaveAWorkflowThatHasOnlyItsReturnLeft() {
        start((ctx, in) -> ctx.step("a", String.class, this::slowStep));
        await().until(() -> begun.getCount() == 0);
        bench.pause("w", 1, true);
        mayEnd.countDown();
        bench.awaitEachFact("step 1 a #1 -> \"late\"", "completed \"late\" after 1");
    }

    @Test
    void shouldNotStartAnotherAttempt() {
        RetryPolicy atOnce = RetryPolicy.of(3).backoff(Duration.ZERO, 1).jitter(0);
        start((ctx, in) -> ctx.step("a", String.class, atOnce, () -> {
            ran.incrementAndGet();
            slowStep();
            throw new IllegalStateException("boom");
        }));
        await().until(() -> begun.getCount() == 0);
        bench.pause("w", 1, true);
        mayEnd.countDown();
        bench.awaitEachFact("step 1 a #1 retries in 0 after IllegalStateException: boom", "released: paused");
        assertEquals(1, ran.get());
    }

    @Test
    void shouldCleanUpWhereItIsCancelledBeforeItWasLetGoOf() {
        startWithAStepBeside();
        await().until(() -> codeIsThere.getCount() == 0);
        bench.cancel("w", 1);
        await().until(() -> {
            bench.clock.advance(Duration.ofMillis(5));
            return bench.eachFact().contains("step 2 b #0 cancelled");
        });
        mayEnd.countDown();
        bench.awaitEachFact(
                "cancel surfaced at 2.0", "step 2 b #0 cancelled", "step 1 a #1 -> \"late\"", "cancelled after 2");
        assertEquals(0, ran.get());
    }

    @Test
    void shouldReleaseOnceForEachGrantHoweverOftenPausesComeAndGo() {
        start((ctx, in) -> {
            for (int i = 0; i < 50; i++) {
                ctx.step("s", ran::incrementAndGet);
            }
            return "done";
        });
        for (int i = 0; i < 200; i++) {
            bench.pause("w", 1, i % 2 == 0);
        }
        await().until(() -> {
            String last = bench.eachFact().isEmpty()
                    ? ""
                    : bench.eachFact().get(bench.eachFact().size() - 1);
            return last.equals("released: paused") || last.equals("completed \"done\" after 50");
        });
        long ends = bench.eachFact().stream()
                .filter(fact -> fact.startsWith("released") || fact.startsWith("completed"))
                .count();
        assertEquals(1, ends);
        assertEquals(ran.get(), bench.eachFact().size() - 1, "what ran is on record");
    }
}
