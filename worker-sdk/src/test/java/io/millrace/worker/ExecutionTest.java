package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.CreditSettled;
import io.millrace.schemas.CreditWanted;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Revoked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Executions on real threads: what waits, what ends them, and what they must not do any more afterwards. */
class ExecutionTest {
    private static final RetryPolicy SOON =
            RetryPolicy.of(2).backoff(Duration.ofMillis(500), 1).jitter(0);

    private static final String GIVEN_BACK = "released: its worker was told that it is not its own";

    private final CountDownLatch stepBegan = new CountDownLatch(1);
    private final CountDownLatch stepMayEnd = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicInteger ran = new AtomicInteger();

    private static InboxMessage revoked(String workflowId, long epoch) {
        return InboxMessage.newBuilder()
                .setRevoked(new Revoked(workflowId, epoch, "it is another's"))
                .build();
    }

    private static List<String> factsOf(TestBench bench, String workflowId, long epoch) {
        return bench.topics.events.stream()
                .filter(sent -> sent.key().equals(workflowId) && sent.event().getEpoch() == epoch)
                .map(sent -> FactText.of(sent.event()))
                .toList();
    }

    private static Grant grant(String workflowId, long epoch, long number) {
        Grant grant = Records.grant(workflowId, epoch, "");
        grant.setNumber(number);
        return grant;
    }

    private static void awaitFacts(TestBench bench, String... expected) {
        await().untilAsserted(() -> assertEquals(List.of(expected), bench.topics.facts()));
    }

    /** A step that lasts until it is told to end, and takes an interrupt for nothing more than that. */
    private String stubbornStep() {
        ran.incrementAndGet();
        stepBegan.countDown();
        while (true) {
            try {
                stepMayEnd.await();
                return "late";
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }
    }

    @Test
    void shouldNotStartAStepBeforeTheOneBeforeIsOnRecord() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.step("a", String.class, () -> "A");
            return ctx.step("b", String.class, () -> "B" + ran.incrementAndGet());
        })) {
            bench.topics.holdAcknowledgements();
            bench.topics.grant(Records.grant("w", 1, ""));
            awaitFacts(bench, "step 1 a #1 -> \"A\"");
            assertEquals(0, ran.get());
            bench.topics.acknowledge();
            awaitFacts(bench, "step 1 a #1 -> \"A\"", "step 2 b #1 -> \"B1\" + completed \"B1\" after 2");
        }
    }

    @Test
    void shouldSendAFactSoonWhileTheCodeDoesSomethingElse() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.step("a", String.class, () -> "A");
            stepBegan.countDown();
            stepMayEnd.await();
            return null;
        })) {
            bench.topics.grant(Records.grant("w", 1, ""));
            await().until(() -> stepBegan.getCount() == 0);
            assertEquals(List.of(), bench.topics.facts());
            bench.clock.advance(Duration.ofMillis(5));
            awaitFacts(bench, "step 1 a #1 -> \"A\"");
            stepMayEnd.countDown();
            awaitFacts(bench, "step 1 a #1 -> \"A\"", "completed null after 1");
        }
    }

    @Test
    void shouldWaitAMomentItself() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.sleep(Duration.ofMillis(800));
            return ctx.step("a", Integer.class, SOON, step -> {
                if (step.attempt() == 1) {
                    throw new IOException("boom");
                }
                return step.attempt();
            });
        })) {
            bench.topics.grant(Records.grant("w", 1, ""));
            String retry = "step 2 a #1 retries in 500 after IOException: boom";
            await().untilAsserted(() -> {
                bench.clock.advance(Duration.ofMillis(100));
                assertEquals(
                        List.of(
                                "sleep 1 for 800",
                                "step 1 sleep #1 -> null",
                                retry,
                                "step 2 a #2 -> 2 + completed 2 after 2"),
                        bench.topics.facts());
            });
        }
    }

    @Test
    void shouldRunStepsBesideEachOther() {
        CountDownLatch both = new CountDownLatch(2);
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            StepCode.Call<String> meet = () -> {
                both.countDown();
                both.await();
                return "met";
            };
            Promise<String> a = ctx.stepAsync("a", String.class, meet);
            Promise<String> b = ctx.stepAsync("b", String.class, meet);
            return a.get() + b.get();
        })) {
            bench.topics.grant(Records.grant("w", 1, ""));
            await().until(() -> bench.topics.facts().toString().contains("completed \"metmet\" after 2"));
        }
    }

    @Test
    void shouldIgnoreRepeatedAndOldGrants() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> ctx.step("a", String.class, this::stubbornStep))) {
            bench.topics.grant(grant("w", 2, 1));
            await().until(() -> stepBegan.getCount() == 0);
            bench.topics.grant(grant("w", 2, 1));
            bench.topics.grant(grant("w", 1, 1));
            stepMayEnd.countDown();
            awaitFacts(bench, "step 1 a #1 -> \"late\" + completed \"late\" after 1");
            bench.topics.grant(grant("w", 2, 1));
            bench.topics.grant(grant("v", 1, 2));
            await().until(() -> ran.get() == 2);
            assertEquals(2, bench.topics.facts().size());
        }
    }

    @Test
    void shouldTakeAGrantThatComesAfterItWasRevoked() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> ran.incrementAndGet())) {
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> bench.topics.facts().size() == 1);
            bench.topics.deliver(revoked("w", 1));
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> ran.get() == 2);
        }
    }

    @Test
    void shouldReportNothingAfterItWasRevokedButThatItGivesItBack() {
        CountDownLatch over = new CountDownLatch(1);
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            for (int i = 0; i < 3; i++) {
                try {
                    ctx.step("a" + i, String.class, this::stubbornStep);
                } catch (Throwable swallowed) {
                    ran.addAndGet(100);
                }
            }
            over.countDown();
            return "done";
        })) {
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> stepBegan.getCount() == 0);
            bench.topics.deliver(revoked("w", 1));
            await().until(interrupted::get);
            stepMayEnd.countDown();
            await().until(() -> over.getCount() == 0);
            bench.topics.grant(grant("v", 1, 2));
            await().until(() -> !bench.topics.facts().isEmpty());
            assertEquals(List.of(GIVEN_BACK), factsOf(bench, "w", 1));
            assertEquals(301, ran.get() - 3, "one step of w began, three of v");
        }
    }

    @Test
    void shouldReplaceAnExecutionByOneWithAHigherEpoch() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> ctx.step("a", String.class, () -> {
            if (ran.incrementAndGet() == 1) {
                return stubbornStep();
            }
            return "new";
        }))) {
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> stepBegan.getCount() == 0);
            bench.topics.grant(grant("w", 2, 2));
            awaitFacts(bench, GIVEN_BACK, "step 1 a #1 -> \"new\" + completed \"new\" after 1");
            stepMayEnd.countDown();
            // The grant may be from a transaction that is aborted: then the engine waits for the older execution.
            assertEquals(List.of(GIVEN_BACK), factsOf(bench, "w", 1));
        }
    }

    @Test
    void shouldAbandonEverythingAndBeginAnewWhenTheLeaseHasLapsed() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.step("a", String.class, this::stubbornStep);
            return ctx.step("b", String.class, () -> "B");
        })) {
            String first = bench.worker.workerId().orElseThrow();
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> stepBegan.getCount() == 0);
            // Frozen: no heartbeat was sent, and no timer has run, when the step ends.
            bench.clock.freeze(Duration.ofSeconds(11));
            stepMayEnd.countDown();
            await().until(() ->
                    bench.worker.workerId().filter(id -> !id.equals(first)).isPresent());
            await().until(() -> bench.topics.heartbeats.size() == 3);
            assertTrue(bench.topics.connections.get(0).closed);
            String second = bench.worker.workerId().orElseThrow();
            assertEquals(List.of(first + " alive", first + " tombstone", second + " alive"), bench.topics.heartbeats);
            assertFalse(
                    bench.topics.facts().toString().contains("\"B\""),
                    bench.topics.facts().toString());
        }
    }

    @Test
    void shouldBeginAnewWhenHeartbeatsAreNotAcknowledged() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> null)) {
            String first = bench.worker.workerId().orElseThrow();
            bench.topics.holdHeartbeats(true);
            bench.clock.advance(Duration.ofSeconds(9));
            assertEquals(first, bench.worker.workerId().orElseThrow());
            bench.topics.holdHeartbeats(false);
            bench.clock.freeze(Duration.ofSeconds(1));
            bench.clock.advance(Duration.ofSeconds(3));
            await().until(() -> bench.topics.heartbeats.contains(first + " tombstone"));
            assertNotEquals(first, bench.worker.workerId().orElse(""));
        }
    }

    @Test
    void shouldNotGoOnPastASendThatFailed() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            ctx.step("a", String.class, this::stubbornStep);
            return ctx.step("b", String.class, () -> "B" + ran.addAndGet(10));
        })) {
            String first = bench.worker.workerId().orElseThrow();
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> stepBegan.getCount() == 0);
            bench.topics.failSends(new IllegalStateException("the broker says no"));
            stepMayEnd.countDown();
            await().until(() -> bench.topics.connections.get(0).closed);
            bench.topics.failSends(null);
            await().untilAsserted(() -> {
                bench.clock.advance(Duration.ofMillis(500));
                assertTrue(
                        bench.worker.workerId().filter(id -> !id.equals(first)).isPresent());
            });
            assertEquals(1, ran.get());
        }
    }

    @Test
    void shouldLetRunningStepsEndAndGiveBackTheRestWhenItCloses() throws Exception {
        TestBench bench = TestBench.threaded((ctx, in) -> {
            if (ctx.workflowId().equals("sleeper")) {
                ctx.sleep(Duration.ofMillis(900));
            }
            ctx.step("a", String.class, this::stubbornStep);
            return ctx.step("b", String.class, () -> "B");
        });
        bench.topics.grant(grant("w", 1, 1));
        bench.topics.grant(grant("sleeper", 1, 2));
        await().until(() -> stepBegan.getCount() == 0);
        Thread closer = new Thread(bench.worker::close);
        closer.start();
        await().until(() -> bench.topics.facts().contains("sleep 1 for 900 + released: the worker closes"));
        stepMayEnd.countDown();
        closer.join();
        assertTrue(
                bench.topics.facts().contains("step 1 a #1 -> \"late\" + released: the worker closes"),
                () -> bench.topics.facts().toString());
        assertEquals(2, bench.topics.facts().size());
        List<String> heartbeats = bench.topics.heartbeats;
        assertTrue(heartbeats.get(1).endsWith(" stopping"));
        assertTrue(heartbeats.get(2).endsWith(" tombstone"));
        assertEquals(3, heartbeats.size());
    }

    @Test
    void shouldInterruptAndReleaseWhatOutlivesTheGrace() throws Exception {
        TestBench bench = TestBench.threaded(
                (ctx, in) -> ctx.step("a", String.class, this::stubbornStep),
                builder -> builder.shutdownGrace(Duration.ofSeconds(2)));
        bench.topics.grant(grant("w", 1, 1));
        await().until(() -> stepBegan.getCount() == 0);
        Thread closer = new Thread(bench.worker::close);
        closer.start();
        await().until(() -> bench.topics.heartbeats.size() == 2);
        await().until(() -> {
            bench.clock.advance(Duration.ofSeconds(1));
            return !bench.topics.facts().isEmpty();
        });
        closer.join();
        assertEquals(List.of("released: the worker closes"), bench.topics.facts());
        await().until(interrupted::get);
        stepMayEnd.countDown();
    }

    @Test
    void shouldSendItsCreditWithTheEndAndOnRequest() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> "done", builder -> builder.slots(3))) {
            assertEquals(3, bench.topics.events.get(0).event().getCredit().getFree());
            bench.topics.grant(grant("w", 1, 1));
            await().until(() -> bench.topics.events.size() == 2);
            FakeTopics.Sent end = bench.topics.events.get(1);
            assertEquals("w", end.key());
            assertEquals(3, end.event().getCredit().getFree());
            assertEquals(1, end.event().getCredit().getGrantsSeen());
            bench.topics.deliver(InboxMessage.newBuilder()
                    .setCreditWanted(new CreditWanted(0, 5))
                    .build());
            bench.topics.deliver(InboxMessage.newBuilder()
                    .setCreditSettled(new CreditSettled(0, 1L))
                    .build());
            assertEquals(3, bench.topics.events.get(2).event().getCredit().getFree());
        }
    }

    @Test
    void shouldLetGrantsBeyondItsSlotsWait() {
        try (TestBench bench = TestBench.threaded(
                (ctx, in) -> ctx.step("a", String.class, this::stubbornStep), builder -> builder.slots(1))) {
            bench.topics.grant(grant("w", 1, 1));
            bench.topics.grant(grant("v", 1, 2));
            await().until(() -> stepBegan.getCount() == 0);
            assertEquals(1, ran.get());
            stepMayEnd.countDown();
            await().until(() -> bench.topics.facts().size() == 2);
            assertEquals(2, ran.get());
        }
    }
}
