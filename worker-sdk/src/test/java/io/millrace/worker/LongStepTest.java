package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Heartbeats, timeouts and interrupts of steps, on real threads and by a clock that is advanced by hand. */
class LongStepTest {
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.of(3).backoff(Duration.ZERO, 1).jitter(0);

    private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private TestBench bench;

    @AfterEach
    void close() {
        release.countDown();
        // A worker that closes waits for its steps, by a clock that stands.
        orders.add("return at the end");
        orders.add("return at the end");
        bench.close();
    }

    private void start(String record, StepCall<String> call) {
        bench = TestBench.threaded((ctx, in) -> ctx.step(call));
        bench.topics.grant(Records.grant("w", 1, record));
    }

    /** Gives each word that is ordered as a heartbeat, until it is to return it. */
    private String beatAsOrdered(StepContext step) throws InterruptedException {
        while (true) {
            String order = orders.take();
            if (order.startsWith("return ")) {
                return order;
            }
            step.heartbeat(order.equals("none") ? null : order);
            seen.add(order);
        }
    }

    private void order(String word) {
        orders.add(word);
        await().until(() -> seen.contains(word));
    }

    /** Stays until it is let go, and takes an interrupt for nothing more than that. */
    private void ignoreInterrupts() {
        while (true) {
            try {
                release.await();
                return;
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        }
    }

    private void awaitFact(String fact) {
        await().untilAsserted(() -> {
            bench.clock.advance(Duration.ofMillis(5));
            assertTrue(bench.eachFact().contains(fact), () -> bench.eachFact().toString());
        });
    }

    @Test
    void shouldReportTheFirstHeartbeatAtOnceAndThenTheLatestOnceInHalfOfTheTimeout() {
        start(
                "",
                StepCall.of("a", String.class, RetryPolicy.NONE, this::beatAsOrdered)
                        .heartbeatTimeout(Duration.ofSeconds(20)));
        order("one");
        order("two");
        order("three");
        awaitFact("heartbeat 1 a #1 \"one\"");
        bench.clock.advance(Duration.ofSeconds(9));
        assertEquals(1, bench.eachFact().size());
        bench.clock.advance(Duration.ofSeconds(2));
        awaitFact("heartbeat 1 a #1 \"three\"");
        order("four");
        orders.add("return it");
        awaitFact("step 1 a #1 -> \"return it\"");
        bench.clock.advance(Duration.ofMinutes(1));
        assertEquals(
                List.of(
                        "heartbeat 1 a #1 \"one\"",
                        "heartbeat 1 a #1 \"three\"",
                        "step 1 a #1 -> \"return it\"",
                        "completed \"return it\" after 1"),
                bench.eachFact());
    }

    @Test
    void shouldReportOnceInTenSecondsWithoutATimeout() {
        start("", StepCall.of("a", String.class, RetryPolicy.NONE, this::beatAsOrdered));
        order("one");
        order("none");
        awaitFact("heartbeat 1 a #1 \"one\"");
        bench.clock.advance(Duration.ofSeconds(9));
        assertEquals(1, bench.eachFact().size());
        bench.clock.advance(Duration.ofSeconds(2));
        await().until(() -> bench.eachFact().size() == 2);
        assertEquals("heartbeat 1 a #1 \"one\"", bench.eachFact().get(1), "one without details leaves those before");
    }

    @Test
    void shouldHandTheLastHeartbeatToTheNextAttempt() {
        start("1 step a RETRYING attempts=0 heartbeat=\"recorded\"", StepCall.of("a", String.class, AT_ONCE, step -> {
            Optional<String> last = step.lastHeartbeat(String.class);
            step.heartbeat("at " + step.attempt());
            step.heartbeat("held back " + step.attempt());
            if (step.attempt() < 2) {
                throw new IOException(last.orElse("nothing"));
            }
            return last.orElse("nothing");
        }));
        bench.awaitEachFact(
                "heartbeat 1 a #1 \"at 1\"",
                "heartbeat 1 a #1 \"held back 1\"",
                "step 1 a #1 retries in 0 after IOException: recorded",
                "heartbeat 1 a #2 \"at 2\"",
                "step 1 a #2 -> \"held back 1\"",
                "completed \"held back 1\" after 1");
    }

    @Test
    void shouldRefuseDetailsThatAreTooLargeAndNameSizeAndLimit() {
        start("", StepCall.of("a", String.class, RetryPolicy.NONE, step -> {
            step.heartbeat("x".repeat(Limits.MAX_HEARTBEAT_BYTES));
            return "never";
        }));
        await().until(() -> bench.eachFact().size() == 2);
        assertEquals(
                "step 1 a #1 failed IllegalArgumentException: the heartbeat of step \"a\" has details of 65538 bytes, and"
                        + " the limit is 65536 bytes",
                bench.eachFact().get(0));
    }

    @Test
    void shouldTellAStepOfTheCancelAtItsNextHeartbeat() {
        start("", StepCall.of("a", String.class, AT_ONCE, step -> {
            try {
                return beatAsOrdered(step);
            } catch (StepCancelledException e) {
                seen.add("told");
                throw e;
            }
        }));
        order("one");
        bench.cancel("w", 1);
        orders.add("two");
        bench.awaitEachFact(
                "heartbeat 1 a #1 \"one\"",
                "step 1 a #1 cancelled by StepCancelledException: the workflow was cancelled while step \"a\" (1) ran",
                "cancel surfaced at 1.0",
                "cancelled after 1");
        assertEquals(List.of("one", "told"), seen);
    }

    @Test
    void shouldRecordWhatAStepReturnsAfterItWasTold() {
        start("", StepCall.of("a", String.class, AT_ONCE, step -> {
            try {
                return beatAsOrdered(step);
            } catch (StepCancelledException e) {
                return "cleaned up";
            }
        }));
        order("one");
        bench.cancel("w", 1);
        orders.add("two");
        bench.awaitEachFact(
                "heartbeat 1 a #1 \"one\"", "step 1 a #1 -> \"cleaned up\"", "completed \"cleaned up\" after 1");
    }

    @Test
    void shouldNotTellAShieldedStep() {
        bench = TestBench.threaded((ctx, in) -> ctx.shielded(() -> ctx.step(
                StepCall.of("a", String.class, AT_ONCE, this::beatAsOrdered).interruptOnCancel())));
        bench.topics.grant(Records.grant("w", 1, ""));
        order("one");
        bench.cancel("w", 1);
        order("two");
        orders.add("return it");
        awaitFact("completed \"return it\" after 1");
    }

    @Test
    void shouldGiveUpAnAttemptThatTakesTooLongAlsoWhereItIgnoresInterrupts() {
        start(
                "",
                StepCall.of("a", String.class, AT_ONCE, step -> {
                            seen.add("began " + step.attempt());
                            if (step.attempt() == 1) {
                                ignoreInterrupts();
                                seen.add("late");
                            }
                            return "from " + step.attempt();
                        })
                        .timeout(Duration.ofSeconds(5)));
        await().until(() -> seen.contains("began 1"));
        bench.clock.advance(Duration.ofSeconds(5));
        String first =
                "step 1 a #1 retries in 0 after StepTimeoutException: attempt 1 of step \"a\" (1) took longer than"
                        + " its timeout of PT5S";
        bench.awaitEachFact(first, "step 1 a #2 -> \"from 2\"", "completed \"from 2\" after 1");
        await().until(interrupted::get);
        release.countDown();
        await().until(() -> seen.contains("late"));
        bench.clock.advance(Duration.ofSeconds(1));
        assertEquals(3, bench.eachFact().size(), "the late result is dropped");
    }

    @Test
    void shouldGiveUpAnAttemptThatHasStoppedItsHeartbeats() {
        List<Optional<String>> handedOver = new ArrayList<>();
        start(
                "",
                StepCall.of("a", String.class, AT_ONCE, step -> {
                            if (step.attempt() == 1) {
                                return beatAsOrdered(step);
                            }
                            handedOver.add(step.lastHeartbeat(String.class));
                            return "from " + step.attempt();
                        })
                        .heartbeatTimeout(Duration.ofSeconds(10)));
        order("one");
        bench.clock.advance(Duration.ofSeconds(9));
        order("two");
        bench.clock.advance(Duration.ofSeconds(9));
        assertTrue(bench.eachFact().stream().noneMatch(fact -> fact.startsWith("step")));
        bench.clock.advance(Duration.ofSeconds(1));
        awaitFact(
                "step 1 a #1 retries in 0 after StepTimeoutException: attempt 1 of step \"a\" (1) sent no heartbeat for"
                        + " longer than its heartbeat timeout of PT10S");
        awaitFact("completed \"from 2\" after 1");
        assertEquals(List.of(Optional.of("two")), handedOver);
    }

    @Test
    void shouldFailAStepWhoseLastAttemptTimesOut() {
        start(
                "",
                StepCall.of("a", String.class, RetryPolicy.NONE, step -> {
                            seen.add("began");
                            release.await();
                            return "never";
                        })
                        .timeout(Duration.ofSeconds(5)));
        await().until(() -> seen.contains("began"));
        bench.clock.advance(Duration.ofSeconds(5));
        await().until(() -> bench.eachFact().size() == 2);
        assertTrue(
                bench.eachFact().get(0).startsWith("step 1 a #1 failed StepTimeoutException"),
                bench.eachFact()::toString);
    }

    @Test
    void shouldTellAnAttemptThatWasGivenUpAtItsNextHeartbeat() {
        start(
                "",
                StepCall.of("a", String.class, AT_ONCE, step -> {
                            seen.add("began " + step.attempt());
                            if (step.attempt() == 2) {
                                return beatAsOrdered(step);
                            }
                            ignoreInterrupts();
                            try {
                                step.heartbeat("late");
                            } catch (StepCancelledException e) {
                                seen.add(e.getCause().getMessage());
                            }
                            return "never";
                        })
                        .timeout(Duration.ofSeconds(5)));
        await().until(() -> seen.contains("began 1"));
        bench.clock.advance(Duration.ofSeconds(5));
        await().until(() -> seen.contains("began 2"));
        release.countDown();
        await().until(() -> seen.contains("attempt 1 of step \"a\" (1) took longer than its timeout of PT5S"));
        orders.add("return it");
        awaitFact("completed \"return it\" after 1");
        assertEquals(3, bench.eachFact().size(), "its heartbeat is not on record");
    }

    @Test
    void shouldInterruptAStepThatWantsItOnACancel() {
        start(
                "",
                StepCall.of("a", String.class, AT_ONCE, step -> {
                            seen.add("began");
                            release.await();
                            return "never";
                        })
                        .interruptOnCancel());
        await().until(() -> seen.contains("began"));
        bench.cancel("w", 1);
        bench.awaitEachFact(
                "step 1 a #1 cancelled by InterruptedException: ", "cancel surfaced at 1.0", "cancelled after 1");
    }

    @Test
    void shouldNotInterruptAStepThatDoesNotWantIt() {
        start("", StepCall.of("a", String.class, AT_ONCE, step -> {
            seen.add("began");
            ignoreInterrupts();
            return "whole";
        }));
        await().until(() -> seen.contains("began"));
        bench.cancel("w", 1);
        release.countDown();
        bench.awaitEachFact("step 1 a #1 -> \"whole\"", "completed \"whole\" after 1");
        assertEquals(false, interrupted.get());
    }

    @Test
    void shouldEndTheRetryWaitOfAStepWithATimeoutOnACancel() {
        RetryPolicy soon = RetryPolicy.of(3).backoff(Duration.ofMillis(800), 1).jitter(0);
        start(
                "",
                StepCall.of("a", String.class, soon, step -> {
                            throw new IOException("boom");
                        })
                        .timeout(Duration.ofSeconds(5)));
        awaitFact("step 1 a #1 retries in 800 after IOException: boom");
        bench.cancel("w", 1);
        bench.awaitEachFact(
                "step 1 a #1 retries in 800 after IOException: boom",
                "step 1 a #1 cancelled",
                "cancel surfaced at 1.0",
                "cancelled after 1");
    }

    @Test
    void shouldTakeHeartbeatsFromThreadsOfTheStepsOwn() {
        start("", StepCall.of("a", String.class, RetryPolicy.NONE, step -> {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Thread thread = new Thread(() -> {
                    for (int j = 0; j < 1_000; j++) {
                        step.heartbeat(j);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            return "done";
        }));
        await().until(() -> bench.eachFact().contains("completed \"done\" after 1"));
        assertEquals(3, bench.eachFact().size());
    }
}
