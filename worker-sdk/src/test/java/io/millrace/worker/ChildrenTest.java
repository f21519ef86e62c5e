package io.millrace.worker;

import static io.millrace.worker.ChildRuns.inner;
import static io.millrace.worker.ChildRuns.run;
import static io.millrace.worker.ChildRuns.runWithBench;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.payload.PayloadException;
import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Grant;
import io.millrace.schemas.Limits;
import io.millrace.schemas.ParentClosePolicy;
import io.millrace.schemas.WorkerFact;
import io.millrace.schemas.WorkflowStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Child workflows, in one thread where nothing else is said: every wait parks at once. */
class ChildrenTest {
    private static final long NEVER = Long.MAX_VALUE;

    private static ChildStarted started(Workflow<String, ?> workflow, Grant grant) {
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            bench.run(grant);
            return facts(bench)
                    .filter(fact -> fact.getChildStarted() != null)
                    .findFirst()
                    .orElseThrow()
                    .getChildStarted();
        }
    }

    private static Stream<WorkerFact> facts(TestBench bench) {
        return bench.topics.events.stream().flatMap(sent -> sent.event().getFacts().stream());
    }

    @Test
    void shouldStartAChildAtOnceAndParkUntilItEnds() {
        assertEquals(
                List.of("child 1 w/1 inner \"in\"", "parked by 1 until " + NEVER),
                run((ctx, in) -> inner(ctx).result(), ""));
    }

    @Test
    void shouldGiveAChildWhatItsParentHas() {
        Grant grant = Records.grant("w", 1, "");
        grant.setQueue("checkout");
        grant.setApplicationVersion("v7");
        ChildStarted child = started((ctx, in) -> inner(ctx).result(), grant);
        assertEquals("checkout", child.getStart().getQueue());
        assertEquals("v7", child.getStart().getApplicationVersion());
        assertEquals(ParentClosePolicy.CANCEL, child.getClosePolicy());
        assertEquals(Map.of(), child.getStart().getAttributes());
        assertNull(child.getStart().getTimeoutMs());
        assertNull(child.getStart().getDelayMs());
        assertNull(child.getStart().getPriority());
        assertNull(child.getStart().getDeduplicationId());
        assertNull(child.getStart().getPartitionKey());
        assertEquals(1_000_000, child.getStartedAtMs());
    }

    @Test
    void shouldGiveAChildWhatItsOptionsSay() {
        ChildOptions options = ChildOptions.DEFAULT
                .workflowId("mine")
                .queue("other")
                .applicationVersion("v8")
                .timeout(Duration.ofMinutes(1))
                .delay(Duration.ofSeconds(2))
                .priority(3)
                .deduplicationId("only one")
                .partitionKey("tenant")
                .attributes(Map.of("a", "b"))
                .whenParentCloses(ParentClosePolicy.ABANDON);
        ChildStarted child = started(
                (ctx, in) -> ctx.child("inner", null, String.class, options).result(), Records.grant("w", 1, ""));
        assertEquals("mine", child.getChildWorkflowId());
        assertEquals("other", child.getStart().getQueue());
        assertEquals("v8", child.getStart().getApplicationVersion());
        assertEquals(60_000, child.getStart().getTimeoutMs());
        assertEquals(2_000, child.getStart().getDelayMs());
        assertEquals(3, child.getStart().getPriority());
        assertEquals("only one", child.getStart().getDeduplicationId());
        assertEquals("tenant", child.getStart().getPartitionKey());
        assertEquals(Map.of("a", "b"), child.getStart().getAttributes());
        assertEquals(ParentClosePolicy.ABANDON, child.getClosePolicy());
        assertNull(child.getStart().getInput());
    }

    @Test
    void shouldNameChildrenByStepAndRun() {
        Workflow<String, ?> workflow =
                (ctx, in) -> inner(ctx).workflowId() + " " + inner(ctx).workflowId();
        assertEquals("completed \"w/1 w/2\" after 2", run(workflow, "").get(2));
        Grant resumed = Records.grant("w", 1, "1 child inner WAITING id=w/1");
        resumed.setRun(3);
        assertEquals(
                List.of("child 2 w/2.3 inner \"in\"", "completed \"w/1 w/2.3\" after 2"),
                run(workflow, resumed),
                "one on record keeps its id");
    }

    @Test
    void shouldNotStartAChildOnRecordAgain() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            Child<String> child = inner(ctx);
            return child.workflowId() + child.result();
        };
        assertEquals(List.of("parked by 1 until " + NEVER), run(workflow, "1 child inner WAITING id=x/9"));
        assertEquals(List.of("completed \"x/9out\" after 1"), run(workflow, "1 child inner COMPLETED id=x/9 \"out\""));
    }

    @Test
    void shouldGoOnWithAChildThatEndsWhileItWaits() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> inner(ctx).result())) {
            bench.topics.grant(Records.grant("w", 1, ""));
            bench.awaitEachFact("child 1 w/1 inner \"in\"");
            bench.topics.deliver(Records.ended("w", 1, "1 child inner COMPLETED id=w/1 \"out\""));
            bench.awaitEachFact("child 1 w/1 inner \"in\"", "completed \"out\" after 1");
        }
    }

    @Test
    void shouldFindAnEndThatCameBeforeTheWaitAndGiveItAsOftenAsItIsAsked() {
        List<String> facts = runWithBench(
                (ctx, bench) -> {
                    Child<String> child = inner(ctx);
                    ctx.step(
                            "meanwhile",
                            () -> bench.topics.deliver(
                                    Records.ended("w", 1, "1 child inner COMPLETED id=w/1 \"out\"")));
                    return child.result() + child.result();
                },
                "");
        assertEquals(
                List.of("child 1 w/1 inner \"in\"", "step 2 meanwhile #1 -> null + completed \"outout\" after 2"),
                facts);
    }

    @Test
    void shouldWaitForSeveralChildrenThatEndInAnyOrder() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> {
            Child<String> first = inner(ctx);
            Child<String> second = inner(ctx);
            return first.result() + second.result();
        })) {
            bench.topics.grant(Records.grant("w", 1, ""));
            String[] started = {"child 1 w/1 inner \"in\"", "child 2 w/2 inner \"in\""};
            bench.awaitEachFact(started);
            bench.topics.deliver(Records.ended("w", 1, "2 child inner COMPLETED id=w/2 \"b\""));
            bench.topics.deliver(Records.ended("w", 1, "1 child inner COMPLETED id=w/1 \"a\""));
            bench.awaitEachFact(started[0], started[1], "completed \"ab\" after 2");
        }
    }

    @Test
    void shouldNotWaitForAChildThatNobodyAsks() {
        assertEquals(
                List.of("child 1 w/1 inner \"in\"", "completed \"done\" after 1"),
                run(
                        (ctx, in) -> {
                            inner(ctx);
                            return "done";
                        },
                        ""));
    }

    @Test
    void shouldParkUntilTheEarliestOfARetryAndAChild() {
        RetryPolicy slow = RetryPolicy.of(2).backoff(Duration.ofSeconds(60), 1).jitter(0);
        List<String> facts = run(
                (ctx, in) -> {
                    ctx.stepAsync("a", String.class, slow, () -> {
                        throw new IOException("boom");
                    });
                    inner(ctx);
                    return inner(ctx).result();
                },
                "");
        assertEquals("parked by 1 until 1060000", facts.get(facts.size() - 1));
    }

    @Test
    void shouldThrowHowAChildEnded() {
        ChildRuns.BenchCode code = (ctx, bench) -> {
            bench.topics.deliver(Records.ended(
                    "w", 1, "1 child inner FAILED id=w/1 io.millrace.child.FAILED java.io.IOException: disk: full"));
            Child<String> child = inner(ctx);
            ChildWorkflowException failure = assertThrows(ChildWorkflowException.class, child::result);
            assertThrows(ChildWorkflowException.class, child::result);
            assertEquals(WorkflowStatus.FAILED, failure.status());
            assertEquals("w/1", failure.workflowId());
            assertEquals(1, failure.seq());
            return failure.failureType() + "|" + failure.failureMessage();
        };
        String end = "completed \"java.io.IOException|disk: full\" after 1";
        assertEquals(List.of(end), runWithBench(code, "1 child inner WAITING id=w/1"));
        assertEquals(
                List.of(end),
                runWithBench(
                        code, "1 child inner FAILED id=w/1 io.millrace.child.FAILED java.io.IOException: disk: full"));
    }

    @Test
    void shouldTellACancelledChildFromOneThatCouldNotBeStarted() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            ChildWorkflowException first =
                    assertThrows(ChildWorkflowException.class, () -> inner(ctx).result());
            assertEquals(WorkflowStatus.CANCELLED, first.status());
            assertEquals("", first.failureType() + first.failureMessage());
            ChildWorkflowException second =
                    assertThrows(ChildWorkflowException.class, () -> inner(ctx).result());
            assertEquals(WorkflowStatus.UNKNOWN, second.status());
            return second.getMessage();
        };
        String record = """
                1 child inner FAILED id=w/1 io.millrace.child.CANCELLED\s
                2 child inner FAILED id=w/2 io.millrace.child.UNKNOWN io.millrace.Rejected: the id is taken
                """;
        assertEquals(
                List.of("completed \"child workflow w/2 (step 2) could not be started: the id is taken\" after 2"),
                run(workflow, record));
    }

    @Test
    void shouldNameTheChildThatFailedTheWorkflow() {
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> {
            Child<String> child = inner(ctx);
            ctx.step("a", String.class, () -> "A");
            try {
                return child.result();
            } catch (ChildWorkflowException e) {
                throw new IllegalStateException("no child, no work", e);
            }
        })) {
            bench.run("1 child inner FAILED id=w/1 io.millrace.child.TIMED_OUT ");
            var failed = facts(bench)
                    .filter(fact -> fact.getWorkflowFailed() != null)
                    .findFirst()
                    .orElseThrow()
                    .getWorkflowFailed();
            assertEquals(1, failed.getFailedStep());
            assertEquals(2, failed.getFailedAfterStep());
        }
    }

    @Test
    void shouldThrowWhereAnOutputCannotBeRead() {
        List<String> facts = run(
                (ctx, in) -> {
                    Child<Integer> child = ctx.child("inner", null, Integer.class);
                    assertThrows(PayloadException.class, child::result);
                    return "no number";
                },
                "1 child inner COMPLETED id=w/1 \"one\"");
        assertEquals(List.of("completed \"no number\" after 1"), facts);
    }

    @Test
    void shouldRefuseAChildInAShieldedScopeWithoutTakingANumber() {
        List<String> facts = run(
                (ctx, in) -> {
                    ctx.shielded(() -> {
                        String refusal = assertThrows(IllegalStateException.class, () -> inner(ctx))
                                .getMessage();
                        assertTrue(refusal.contains("child \"inner\" cannot be started in a shielded scope"), refusal);
                    });
                    return inner(ctx).workflowId();
                },
                "");
        assertEquals(List.of("child 1 w/1 inner \"in\"", "completed \"w/1\" after 1"), facts);
    }

    @Test
    void shouldRefuseBadOptionsWithoutTakingANumber() {
        String tooLong = "x".repeat(257);
        ChildOptions options = ChildOptions.DEFAULT;
        List<ChildOptions> bad = new ArrayList<>(List.of(
                options.timeout(Duration.ZERO),
                options.timeout(Duration.ofSeconds(Long.MAX_VALUE)),
                options.delay(Duration.ofNanos(1)),
                options.priority(0),
                options.priority(Limits.MAX_PRIORITY + 1),
                options.attributes(Map.of("a", "x".repeat(Limits.MAX_ATTRIBUTES_CHARS))),
                options.whenParentCloses(ParentClosePolicy.UNKNOWN)));
        for (String name : List.of("", " ", "a\nb", tooLong)) {
            bad.addAll(List.of(options.workflowId(name), options.queue(name), options.applicationVersion(name)));
            bad.addAll(List.of(options.deduplicationId(name), options.partitionKey(name)));
        }
        List<String> facts = run(
                (ctx, in) -> {
                    for (ChildOptions each : bad) {
                        assertThrows(
                                IllegalArgumentException.class, () -> ctx.child("inner", "in", String.class, each));
                    }
                    assertThrows(IllegalArgumentException.class, () -> ctx.child(tooLong, "in", String.class));
                    byte[] large = new byte[Limits.MAX_PAYLOAD_BYTES];
                    String refusal = assertThrows(PayloadException.class, () -> ctx.child("inner", large, String.class))
                            .getMessage();
                    assertTrue(refusal.startsWith("the input of child \"inner\" has 655362 bytes"), refusal);
                    return "done";
                },
                "");
        assertEquals(List.of("completed \"done\" after 0"), facts);
    }

    @Test
    void shouldRefuseAnIdThatWouldBeTooLongButKeepOneOnRecord() {
        String parent = "p".repeat(255);
        Workflow<String, ?> workflow = (ctx, in) -> inner(ctx).result();
        String refused = run(workflow, Records.grant(parent, 1, "")).get(0);
        assertTrue(refused.startsWith("failed IllegalArgumentException: the id \"" + parent + "/1\""), refused);
        assertEquals(
                List.of("completed \"out\" after 1"),
                run(workflow, Records.grant(parent, 1, "1 child inner COMPLETED id=source/1 \"out\"")));
    }

    @Test
    void shouldHoldToTheLimitOfWaitingStepsWhateverTheCodeCatches() {
        List<String> facts = run(
                (ctx, in) -> {
                    for (int i = 0; i < Limits.MAX_WAITING_STEPS; i++) {
                        inner(ctx);
                    }
                    for (int i = 0; i < 3; i++) {
                        assertThrows(IllegalStateException.class, () -> inner(ctx));
                        assertThrows(IllegalStateException.class, () -> ctx.receive("t", String.class));
                        assertThrows(IllegalStateException.class, () -> ctx.step("a", String.class, () -> "A"));
                    }
                    return "as if nothing had been";
                },
                "");
        assertEquals(Limits.MAX_WAITING_STEPS + 1, facts.size());
        assertEquals(
                "failed IllegalStateException: a workflow has at most 500 steps that wait at once (children, messages,"
                        + " retries), and \"inner\" would be one more; let some of them end first after 500",
                facts.get(Limits.MAX_WAITING_STEPS));
    }

    @Test
    void shouldTellOfTheCancelRatherThanOfTheLimit() {
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> {
            for (int i = 0; i <= Limits.MAX_WAITING_STEPS; i++) {
                inner(ctx);
            }
            return null;
        })) {
            String record = IntStream.rangeClosed(1, Limits.MAX_WAITING_STEPS)
                    .mapToObj(seq -> seq + " child inner WAITING id=w/" + seq)
                    .collect(Collectors.joining("\n"));
            assertEquals(
                    List.of("cancel surfaced at 501.0 + step 501 inner #0 cancelled + cancelled after 501"),
                    bench.run(Records.cancelled("w", 1, record)));
        }
    }

    @Test
    void shouldCountOnlyWhatIsOpen() {
        List<String> facts = runWithBench(
                (ctx, bench) -> {
                    for (int i = 1; i <= Limits.MAX_WAITING_STEPS + 2; i++) {
                        inner(ctx);
                        bench.topics.deliver(Records.ended("w", 1, i + " child inner COMPLETED \"out\""));
                    }
                    return "done";
                },
                "");
        assertEquals("completed \"done\" after 502", facts.get(facts.size() - 1));
    }

    @Test
    void shouldFindAnotherTypeOnRecord() {
        String fact = run((ctx, in) -> inner(ctx).result(), "1 child other WAITING id=w/1")
                .get(0);
        assertTrue(fact.contains("the record has a child \"other\", but the code came to a child \"inner\""), fact);
    }
}
