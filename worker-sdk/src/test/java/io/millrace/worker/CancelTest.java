package io.millrace.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.Grant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Given a record and a cancel, when code runs, then facts: everything in one thread. */
class CancelTest {
    private static final RetryPolicy SLOW =
            RetryPolicy.of(3).backoff(Duration.ofMinutes(1), 1).jitter(0);

    private final List<String> ran = new ArrayList<>();

    private String step(WorkflowContext ctx, String name) {
        return ctx.step(name, String.class, () -> {
            ran.add(name);
            return name.toUpperCase(Locale.ROOT);
        });
    }

    private static List<String> run(Workflow<String, ?> workflow, Grant grant) {
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            bench.topics.grant(grant);
            return bench.eachFact();
        }
    }

    private static Grant cancelled(String table) {
        return Records.cancelled("w", 1, table);
    }

    private static Grant surfacedAt(int afterStep, int point, String table) {
        return Records.cancelled("w", 1, afterStep, point, table);
    }

    @Test
    void shouldTellTheCodeAtTheFirstStepThatIsNotOnRecord() {
        List<String> facts = run(
                (ctx, in) -> step(ctx, "a") + step(ctx, "b") + step(ctx, "c"), cancelled("1 step a COMPLETED \"A\""));
        assertEquals(List.of("cancel surfaced at 2.0", "step 2 b #0 cancelled", "cancelled after 2"), facts);
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldSayWhoCancelledAndWhy() {
        List<String> facts = run(
                (ctx, in) -> {
                    WorkflowCancelledException told =
                            assertThrows(WorkflowCancelledException.class, () -> step(ctx, "a"));
                    return told.issuer() + ": " + told.reason();
                },
                cancelled(""));
        assertEquals("completed \"ann: changed her mind\" after 1", facts.get(2));
    }

    @Test
    void shouldBeToldAtTheSamePointByAReplayAndNotBefore() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            try {
                return step(ctx, "a") + step(ctx, "b");
            } finally {
                ctx.shielded(() -> step(ctx, "undo"));
            }
        };
        String undone = "step 3 undo #1 -> \"UNDO\"";
        List<String> first = run(workflow, cancelled("1 step a COMPLETED \"A\""));
        assertEquals(List.of("cancel surfaced at 2.0", "step 2 b #0 cancelled", undone, "cancelled after 3"), first);
        // Its worker died in the clean-up: nothing that is on record is reported again.
        String record = """
                1 step a COMPLETED "A"
                2 step b CANCELLED
                """;
        assertEquals(List.of(undone, "cancelled after 3"), run(workflow, surfacedAt(2, 0, record)));
        assertEquals(
                List.of("cancelled after 3"),
                run(workflow, surfacedAt(2, 0, record + "3 step undo COMPLETED \"UNDO\"")));
        assertEquals(List.of("undo", "undo"), ran);
    }

    @Test
    void shouldReportTheRestWhenOnlyHalfOfWhatHappenedThereIsOnRecord() {
        Workflow<String, ?> workflow = (ctx, in) -> step(ctx, "a");
        assertEquals(List.of("step 1 a #0 cancelled", "cancelled after 1"), run(workflow, surfacedAt(1, 0, "")));
        assertEquals(
                List.of("cancel surfaced at 1.0", "cancelled after 1"), run(workflow, cancelled("1 step a CANCELLED")));
    }

    @Test
    void shouldEndASleepAndARetryWaitOnRecord() {
        assertEquals(
                List.of("cancel surfaced at 1.0", "step 1 sleep #1 cancelled", "cancelled after 1"),
                run(
                        (ctx, in) -> {
                            ctx.sleep(Duration.ofDays(1));
                            return null;
                        },
                        cancelled("1 sleep sleep WAITING due=86400000")));
        assertEquals(
                List.of("cancel surfaced at 1.0", "step 1 a #2 cancelled", "cancelled after 1"),
                run((ctx, in) -> step(ctx, "a"), cancelled("1 step a RETRYING attempts=2 due=86400000")));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldThrowAgainWithoutANumberWhereTheCancelWasSwallowed() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            for (int i = 0; i < 3; i++) {
                try {
                    step(ctx, "a" + i);
                } catch (Throwable swallowed) {
                    ran.add(swallowed.getClass().getSimpleName());
                }
            }
            return ctx.shielded(() -> step(ctx, "last"));
        };
        assertEquals(
                List.of(
                        "cancel surfaced at 1.0",
                        "step 1 a0 #0 cancelled",
                        "step 2 last #1 -> \"LAST\"",
                        "completed \"LAST\" after 2"),
                run(workflow, cancelled("")));
        String told = "WorkflowCancelledException";
        assertEquals(List.of(told, told, told, "last"), ran);
    }

    @Test
    void shouldKeepWhatTheCleanUpThrew() {
        List<String> facts = run(
                (ctx, in) -> {
                    try {
                        return step(ctx, "a");
                    } finally {
                        ctx.shielded(() -> ctx.step("undo", RetryPolicy.NONE, () -> {
                            throw new IOException("no way back");
                        }));
                    }
                },
                cancelled(""));
        assertEquals("step 2 undo #1 failed IOException: no way back", facts.get(2));
        assertEquals(
                "cancelled after 2 with StepFailedException: step \"undo\" (2) failed after 1 attempt:"
                        + " java.io.IOException: no way back",
                facts.get(3));
    }

    @Test
    void shouldKeepWhatWasThrownInsteadAlsoWhereTheCancelIsItsCause() {
        List<String> facts = run(
                (ctx, in) -> {
                    try {
                        return step(ctx, "a");
                    } catch (WorkflowCancelledException e) {
                        throw new IllegalStateException("stopped", e);
                    }
                },
                cancelled(""));
        assertEquals("cancelled after 1 with IllegalStateException: stopped", facts.get(2));
    }

    @Test
    void shouldEndAsWithoutACancelWhereTheCodeWasNeverTold() {
        String record = "1 step a COMPLETED \"A\"";
        assertEquals(List.of("completed \"A\" after 1"), run((ctx, in) -> step(ctx, "a"), cancelled(record)));
        assertEquals(
                List.of("failed IOException: by itself after 1"),
                run(
                        (ctx, in) -> {
                            step(ctx, "a");
                            throw new IOException("by itself");
                        },
                        cancelled(record)));
    }

    @Test
    void shouldRunShieldedStepsAndSleepAlsoBeforeTheCodeIsTold() {
        List<String> facts = run(
                (ctx, in) -> {
                    ctx.shielded(() -> {
                        step(ctx, "a");
                        ctx.sleep(Duration.ofMinutes(1));
                    });
                    return step(ctx, "b");
                },
                cancelled(""));
        assertEquals(List.of("step 1 a #1 -> \"A\"", "sleep 2 for 60000", "parked by 2 until 1060000"), facts);
    }

    @Test
    void shouldCountWaitsForPromisesWhetherTheirEndIsThereOrNot() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            Promise<String> a = ctx.stepAsync("a", String.class, () -> "A");
            Promise<String> b = ctx.stepAsync("b", String.class, SLOW, () -> {
                throw new IOException("boom");
            });
            ctx.shielded(() -> ran.add(a.get()));
            a.get();
            return b.get();
        };
        String record = """
                1 step a COMPLETED "A"
                2 step b RETRYING attempts=1 due=1060000
                """;
        try (TestBench bench = TestBench.inOneThread(workflow)) {
            assertEquals(List.of("parked by 2 until 1060000"), bench.run(record));
        }
        assertEquals(
                List.of("cancel surfaced at 2.0", "step 2 b #1 cancelled", "cancelled after 2"),
                run(workflow, cancelled(record)));
        ran.clear();
        assertEquals(
                List.of("step 2 b #1 cancelled", "cancelled after 2"),
                run(workflow, surfacedAt(2, 3, record)),
                "the third wait after step 2");
        assertEquals(List.of("A"), ran);
        ran.clear();
        assertEquals(List.of("step 2 b #1 cancelled", "cancelled after 2"), run(workflow, surfacedAt(2, 1, record)));
        assertEquals(List.of(), ran);
    }

    @Test
    void shouldGoOnPastAStepBesideWhereTheRecordGoesOn() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            Promise<String> a = ctx.stepAsync("a", String.class, SLOW, () -> {
                throw new IOException("boom");
            });
            return step(ctx, "b") + a.get();
        };
        String record = """
                1 step a RETRYING attempts=1 due=1060000
                2 step b COMPLETED "B"
                """;
        String aEnds = "step 1 a #1 cancelled";
        assertEquals(List.of(aEnds, "cancel surfaced at 2.1", "cancelled after 2"), run(workflow, cancelled(record)));
        assertEquals(
                List.of("cancelled after 2"),
                run(workflow, surfacedAt(2, 1, "1 step a CANCELLED\n2 step b COMPLETED \"B\"")));
        String drawn = "1 step a RETRYING attempts=1 due=1060000\nvalue 1.0 uuid 6e1c";
        assertEquals(
                List.of(aEnds, "cancel surfaced at 2.0", "step 2 b #0 cancelled", "cancelled after 2"),
                run(
                        (ctx, in) -> {
                            Promise<String> a = ctx.stepAsync("a", String.class, SLOW, () -> "A");
                            ctx.random();
                            return step(ctx, "b") + a.get();
                        },
                        cancelled(drawn.replace("uuid 6e1c", "random 6"))));
    }

    @Test
    void shouldFindThatTheCodeNeverCameWhereItWasToldBefore() {
        String fact = run((ctx, in) -> step(ctx, "a"), surfacedAt(3, 1, "1 step a COMPLETED \"A\""))
                .get(0);
        assertEquals(
                "failed NonDeterministicWorkflowException: at step 3 the record has the cancel at wait 1 after it, but the"
                        + " code came to its return; it was changed, or depends on something that is not recorded after 1",
                fact);
        String early = run((ctx, in) -> step(ctx, "a") + step(ctx, "b"), surfacedAt(3, 0, "1 step a COMPLETED \"A\""))
                .get(0);
        assertEquals(
                "failed NonDeterministicWorkflowException: at step 3 the record has the cancel, but the code came to"
                        + " something before that which is not on record; it was changed, or depends on something that is"
                        + " not recorded after 2",
                early);
    }

    @Test
    void shouldNotRetryWhatFailsWhileACancelIsThere() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            ctx.step("a", SLOW, () -> {
                ran.add("a");
                throw new IOException("boom");
            });
            return null;
        };
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> {
            ctx.step("a", SLOW, () -> {
                cancelFromWithin();
                throw new IOException("boom");
            });
            return null;
        })) {
            within = bench;
            bench.run("");
            assertEquals(
                    List.of(
                            "step 1 a #1 cancelled by IOException: boom",
                            "cancel surfaced at 1.0",
                            "cancelled after 1"),
                    bench.eachFact());
        }
        assertEquals(
                List.of("step 1 a #1 retries in 60000 after IOException: boom", "parked by 1 until 1060000"),
                run(workflow, Records.grant("w", 1, "")));
    }

    private TestBench within;

    private void cancelFromWithin() {
        within.cancel("w", 1);
    }

    @Test
    void shouldRecordARunningStepAndTellTheCodeAtTheNextPoint() {
        try (TestBench bench = TestBench.inOneThread((ctx, in) -> {
            String a = ctx.step("a", String.class, () -> {
                cancelFromWithin();
                return "A";
            });
            return a + step(ctx, "b");
        })) {
            within = bench;
            bench.run("");
            assertEquals(
                    List.of(
                            "step 1 a #1 -> \"A\"",
                            "cancel surfaced at 2.0",
                            "step 2 b #0 cancelled",
                            "cancelled after 2"),
                    bench.eachFact());
        }
    }

    @Test
    void shouldSayWhoseFailureEndedTheWorkflowAndWhenItWasSeen() {
        List<String> facts = run(
                (ctx, in) -> {
                    Promise<String> a = ctx.stepAsync("a", String.class, RetryPolicy.NONE, () -> {
                        throw new IOException("boom");
                    });
                    step(ctx, "b");
                    try {
                        return a.get();
                    } catch (StepFailedException e) {
                        throw new IllegalStateException("no a", e);
                    }
                },
                Records.grant("w", 1, ""));
        assertEquals("failed IllegalStateException: no a after 2 by step 1 seen after 2", facts.get(2));
    }
}
