package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.payload.TypeRef;
import io.millrace.schemas.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Given a record, when code runs, then facts: everything in one thread. */
class ReplayTest {
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.of(3).backoff(Duration.ZERO, 1).jitter(0);
    private final List<String> ran = new ArrayList<>();

    private String step(WorkflowContext ctx, String name) {
        return ctx.step(name, String.class, () -> {
            ran.add(name);
            return name.toUpperCase(java.util.Locale.ROOT);
        });
    }

    private static List<String> run(Workflow<String, ?> workflow, String record) {
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            return List.copyOf(bench.run(record));
        }
    }

    @Test
    void shouldReportEachStepAndTheEnd() {
        List<String> facts = run((ctx, in) -> step(ctx, "a") + step(ctx, "b"), "");
        // The second step waits for the first one's record; the end travels with the second one's.
        assertEquals(List.of("step 1 a #1 -> \"A\"", "step 2 b #1 -> \"B\" + completed \"AB\" after 2"), facts);
    }

    @Test
    void shouldNotRunStepsOnRecord() {
        List<String> facts = run((ctx, in) -> step(ctx, "a") + step(ctx, "b"), "1 step a COMPLETED \"old\"");
        assertEquals(List.of("step 2 b #1 -> \"B\" + completed \"oldB\" after 2"), facts);
        assertEquals(List.of("b"), ran);
    }

    @Test
    void shouldThrowARecordedFailureWithoutRunning() {
        List<String> facts = run(
                (ctx, in) -> {
                    StepFailedException failure = assertThrows(StepFailedException.class, () -> step(ctx, "a"));
                    return failure.seq() + failure.stepName() + failure.failureType() + failure.failureMessage();
                },
                "1 step a FAILED java.io.IOException boom");
        assertEquals(List.of("completed \"1ajava.io.IOExceptionboom\" after 1"), facts);
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldRunAStepBetweenOnesThatEndedFirst() {
        List<String> facts = run(
                (ctx, in) -> {
                    Promise<String> a = ctx.stepAsync("a", String.class, () -> "A");
                    Promise<String> b = ctx.stepAsync("b", String.class, () -> "B");
                    return a.get() + b.get();
                },
                "2 step b COMPLETED \"early\"");
        assertEquals(List.of("step 1 a #1 -> \"A\" + completed \"Aearly\" after 2"), facts);
    }

    @Test
    void shouldFindARenamedStep() {
        assertEquals(
                List.of(
                        "failed NonDeterministicWorkflowException: at step 1 the record has step \"a\", but the code came to"
                                + " step \"x\"; it was changed, or depends on something that is not recorded after 0"),
                run((ctx, in) -> step(ctx, "x"), "1 step a COMPLETED \"A\""));
    }

    @Test
    void shouldFindAnInsertedStepAtTheFirstDifference() {
        String fact = run((ctx, in) -> step(ctx, "a") + step(ctx, "x") + step(ctx, "b"), """
                        1 step a COMPLETED "A"
                        2 step b COMPLETED "B"
                        """)
                .get(0);
        assertTrue(fact.contains("at step 2 the record has step \"b\", but the code came to step \"x\""), fact);
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldFindAStepThatBecameASleep() {
        String fact = run(
                        (ctx, in) -> {
                            ctx.sleep(Duration.ofSeconds(1));
                            return null;
                        },
                        "1 step sleep COMPLETED")
                .get(0);
        assertTrue(fact.contains("the record has step \"sleep\", but the code came to a sleep"), fact);
    }

    @Test
    void shouldFindALeftOverStepBehindAReturnAndBehindAFailure() {
        String record = """
                1 step a COMPLETED "A"
                2 step b COMPLETED "B"
                """;
        String returned = run((ctx, in) -> step(ctx, "a"), record).get(0);
        assertTrue(returned.contains("at step 2 the record has step \"b\", but the code came to its return"), returned);
        String threw = run(
                        (ctx, in) -> {
                            throw new IOException("no");
                        },
                        record)
                .get(0);
        assertTrue(threw.contains("at step 1 the record has step \"a\", but the code came to its failure with"), threw);
    }

    @Test
    void shouldInsistOnADifferenceThatTheCodeCaught() {
        List<String> facts = run(
                (ctx, in) -> {
                    try {
                        return step(ctx, "x");
                    } catch (RuntimeException e) {
                        assertThrows(NonDeterministicWorkflowException.class, () -> step(ctx, "y"));
                        return "never mind";
                    }
                },
                "1 step a COMPLETED \"A\"");
        assertEquals(1, facts.size());
        assertTrue(facts.get(0).startsWith("failed NonDeterministicWorkflowException"), facts.get(0));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldDrawValuesOnceAndNumberThemAfterTheStep() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            String first = ctx.now() + " " + ctx.uuid();
            step(ctx, "a");
            return first + " " + ctx.random().nextInt();
        };
        List<String> facts = run(workflow, "");
        assertEquals(2, facts.size());
        String[] values = String.join(" + ", facts).split(" \\+ ");
        assertTrue(values[0].startsWith("value 0.0 now 1970-01-01T00:16:40Z"), values[0]);
        assertTrue(values[1].startsWith("value 0.1 uuid "), values[1]);
        assertTrue(values[3].startsWith("value 1.0 random "), values[3]);
        List<String> replayed = run(workflow, """
                1 step a COMPLETED "A"
                %s
                %s
                %s
                """.formatted(values[0], values[1], values[3]));
        assertEquals(List.of(values[4]), replayed);
    }

    @Test
    void shouldFindAValueOfAnotherKind() {
        String fact = run((ctx, in) -> ctx.uuid(), "value 0.0 now 1970-01-01T00:00:00Z")
                .get(0);
        assertTrue(fact.startsWith("failed NonDeterministicWorkflowException"), fact);
    }

    @Test
    void shouldParkASleepAndGoOnWhenItIsOver() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            ctx.sleep(Duration.ofSeconds(5));
            return step(ctx, "a");
        };
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            assertEquals(List.of("sleep 1 for 5000 + parked by 1 until 1005000"), bench.run(""));
            String waiting = "1 sleep sleep WAITING due=1005000";
            assertEquals(List.of("parked by 1 until 1005000"), bench.run(Records.grant("w", 2, waiting)));
            bench.clock.advance(Duration.ofSeconds(5));
            String end = "step 2 a #1 -> \"A\" + completed \"A\" after 2";
            assertEquals(List.of("step 1 sleep #1 -> null", end), bench.run(Records.grant("w", 3, waiting)));
            assertEquals(List.of(end), bench.run(Records.grant("w", 4, "1 sleep sleep COMPLETED")));
        }
    }

    @Test
    void shouldParkAStepUntilItsNextAttemptAndCountOn() {
        AtomicInteger attempts = new AtomicInteger();
        RetryPolicy policy =
                RetryPolicy.of(3).backoff(Duration.ofSeconds(10), 2).jitter(0);
        Workflow<String, ?> workflow = (ctx, in) -> ctx.step("a", String.class, policy, step -> {
            attempts.set(step.attempt());
            throw new IOException("boom");
        });
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            assertEquals(
                    List.of("step 1 a #1 retries in 10000 after IOException: boom + parked by 1 until 1010000"),
                    bench.run(""));
            bench.clock.advance(Duration.ofSeconds(10));
            assertEquals(
                    List.of("step 1 a #2 retries in 20000 after IOException: boom + parked by 1 until 1030000"),
                    bench.run(Records.grant("w", 2, "1 step a RETRYING attempts=1 due=1010000")));
            bench.clock.advance(Duration.ofSeconds(20));
            List<String> last = bench.run(Records.grant("w", 3, "1 step a RETRYING attempts=2 due=1030000"));
            assertEquals(3, attempts.get());
            assertEquals(
                    List.of("step 1 a #3 failed IOException: boom + failed StepFailedException: step \"a\" (1) failed"
                            + " after 3 attempts: java.io.IOException: boom after 1 by step 1 seen after 1"),
                    last);
        }
    }

    @Test
    void shouldRetryAtOnceWhereThereIsNoWait() {
        List<String> facts = run(
                (ctx, in) -> ctx.step("a", String.class, AT_ONCE, step -> {
                    if (step.attempt() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return step.idempotencyKey();
                }),
                "");
        assertEquals(
                List.of(
                        "step 1 a #1 retries in 0 after IllegalStateException: not yet",
                        "step 1 a #2 retries in 0 after IllegalStateException: not yet",
                        "step 1 a #3 -> \"w/1\" + completed \"w/1\" after 1"),
                facts);
    }

    @Test
    void shouldNotRetryWhatIsNotToBeRetried() {
        RetryPolicy policy = AT_ONCE.doNotRetry(IOException.class);
        List<String> facts = run(
                (ctx, in) -> {
                    ctx.step("a", policy, () -> {
                        throw new java.io.FileNotFoundException("gone");
                    });
                    return null;
                },
                "");
        assertTrue(facts.get(0).startsWith("step 1 a #1 failed FileNotFoundException: gone + failed"), facts.get(0));
    }

    @Test
    void shouldParkOnlyWhenNothingElseCanGoOn() {
        RetryPolicy slow = RetryPolicy.of(2).backoff(Duration.ofSeconds(60), 1).jitter(0);
        List<String> facts = run(
                (ctx, in) -> {
                    Promise<String> a = ctx.stepAsync("a", String.class, slow, () -> {
                        throw new IOException("boom");
                    });
                    Promise<String> b = ctx.stepAsync("b", String.class, () -> "B");
                    return step(ctx, "c") + b.get() + a.get();
                },
                "");
        assertEquals(
                List.of(
                        "step 1 a #1 retries in 60000 after IOException: boom",
                        "step 2 b #1 -> \"B\"",
                        "step 3 c #1 -> \"C\" + parked by 1 until 1060000"),
                facts);
    }

    @Test
    void shouldWaitForStepsThatNobodyAsked() {
        List<String> facts = run(
                (ctx, in) -> {
                    ctx.stepAsync("a", AT_ONCE, () -> {
                        throw new IOException("boom");
                    });
                    return "done";
                },
                "");
        assertEquals("step 1 a #3 failed IOException: boom + completed \"done\" after 1", facts.get(2));
    }

    @Test
    void shouldFailAStepWithTooLargeAnOutputWithoutRetry() {
        String fact = run((ctx, in) -> ctx.step("a", byte[].class, () -> new byte[Limits.MAX_PAYLOAD_BYTES]), "")
                .get(0);
        assertTrue(
                fact.startsWith("step 1 a #1 failed PayloadException: the output of step \"a\" has 655362 bytes"),
                fact);
        assertTrue(fact.contains("the limit is 491520 bytes"), fact);
    }

    @Test
    void shouldFailAWorkflowWithTooLargeAnOutput() {
        String fact = run((ctx, in) -> "x".repeat(Limits.MAX_PAYLOAD_BYTES), "").get(0);
        assertTrue(
                fact.startsWith(
                        "failed PayloadException: the output of the workflow has 491522 bytes, and the limit is"),
                fact);
    }

    @Test
    void shouldSplitWhatDoesNotFitOneRecord() {
        int third = Limits.MAX_PAYLOAD_BYTES / 3 * 2;
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> {
            List<Promise<String>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(ctx.stepAsync("s" + i, String.class, () -> "x".repeat(third)));
            }
            return all.get(0).get();
        })) {
            bench.run("");
            for (FakeTopics.Sent sent : bench.topics.events) {
                assertTrue(sent.event().toString().length() < Limits.MAX_RECORD_BYTES);
            }
        }
    }

    @Test
    void shouldGiveGenericTypesAndNulls() {
        List<String> facts = run(
                (ctx, in) -> {
                    List<Duration> durations =
                            ctx.step("a", new TypeRef<List<Duration>>() {}, () -> List.of(Duration.ofHours(1)));
                    String nothing = ctx.step("b", String.class, () -> null);
                    return durations.get(0).toMinutes() + " " + nothing;
                },
                "");
        assertEquals("step 2 b #1 -> null + completed \"60 null\" after 2", facts.get(1));
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void shouldRecordAFailureThatCannotSayWhatItIs() {
        List<String> facts = run(
                (ctx, in) -> {
                    throw new Unspeakable();
                },
                "");
        assertEquals(
                List.of("failed ReplayTest$Unspeakable: (its message cannot be had: java.lang.IllegalStateException)"
                        + " after 0"),
                facts);
    }

    @Test
    void shouldSayThatItShortenedALongMessage() {
        String fact = run(
                        (ctx, in) -> {
                            throw new IllegalStateException("x".repeat(20_000));
                        },
                        "")
                .get(0);
        assertTrue(fact.contains("... (shortened from 20000 characters to the limit of 8192) after 0"), fact);
    }

    @Test
    void shouldRefuseCallsFromWithinAStep() {
        String fact = run((ctx, in) -> ctx.step("a", String.class, RetryPolicy.NONE, () -> step(ctx, "b")), "")
                .get(0);
        assertTrue(fact.contains("the code of a step called step \"b\""), fact);
    }

    @Test
    void shouldSpreadRetriesByTheSeedAndWithinBounds() {
        RetryPolicy policy = RetryPolicy.of(9).backoff(Duration.ofSeconds(1), 2).maximumInterval(Duration.ofSeconds(8));
        List<Long> plain = List.of(1L, 2L, 3L, 4L, 5L).stream()
                .map(attempt -> policy.jitter(0)
                        .delayAfter(attempt.intValue(), new java.util.Random(1))
                        .toMillis())
                .toList();
        assertEquals(List.of(1_000L, 2_000L, 4_000L, 8_000L, 8_000L), plain);
        java.util.Random random = new java.util.Random(7);
        double[] delays = DoubleStream.generate(
                        () -> policy.jitter(0.2).delayAfter(1, random).toMillis())
                .limit(1_000)
                .toArray();
        assertTrue(DoubleStream.of(delays).allMatch(delay -> delay >= 800 && delay <= 1_200));
        assertTrue(DoubleStream.of(delays).distinct().count() > 100);
        assertEquals(policy.delayAfter(3, new java.util.Random(5)), policy.delayAfter(3, new java.util.Random(5)));
    }
}
