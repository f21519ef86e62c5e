package io.millrace.worker;

import static io.millrace.worker.ChildRuns.inner;
import static io.millrace.worker.ChildRuns.run;
import static io.millrace.worker.ChildRuns.runWithBench;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.schemas.Grant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a workflow that is cancelled learns of its children, and where it is told of the cancel. */
class CancelledParentTest {
    @Test
    void shouldRefuseAChildAfterTheCancel() {
        assertEquals(
                List.of("cancel surfaced at 1.0 + step 1 inner #0 cancelled + cancelled after 1"),
                run((ctx, in) -> inner(ctx).result(), Records.cancelled("w", 1, "")));
    }

    @Test
    void shouldPassAChildOnRecordAndTellOfTheCancelWhereItIsWaitedFor() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            Child<String> child = inner(ctx);
            return ctx.step("b", String.class, () -> "B") + child.result();
        };
        String record = """
                1 child inner WAITING id=w/1
                2 step b COMPLETED "B"
                """;
        assertEquals(
                List.of("cancel surfaced at 2.1 + cancelled after 2"),
                run(workflow, Records.cancelled("w", 2, record)));
        Grant again = Records.cancelled("w", 3, 2, 1, record);
        assertEquals(List.of("cancelled after 2"), run(workflow, again), "a replay is told at the same place");
    }

    @Test
    void shouldGiveAResultThatIsThereInSpiteOfTheCancel() {
        assertEquals(
                List.of("completed \"out\" after 1"),
                run(
                        (ctx, in) -> inner(ctx).result(),
                        Records.cancelled("w", 1, "1 child inner COMPLETED id=w/1 \"out\"")));
    }

    @Test
    void shouldTellOfTheCancelWhereAChildHasEndedByIt() {
        ChildRuns.BenchCode code = (ctx, bench) -> {
            Child<String> child = inner(ctx);
            ctx.step("b", String.class, () -> {
                bench.cancel("w", 1);
                bench.topics.deliver(Records.ended("w", 1, "1 child inner FAILED id=w/1 io.millrace.child.CANCELLED"));
                return "B";
            });
            return child.result();
        };
        assertEquals(
                "cancel surfaced at 2.1 + cancelled after 2",
                String.join(" + ", runWithBench(code, "")).replaceAll(".*(?=cancel surfaced)", ""));
        assertEquals(
                List.of("cancel surfaced at 1.1 + cancelled after 1"),
                run(
                        (ctx, in) -> inner(ctx).result(),
                        Records.cancelled("w", 2, "1 child inner FAILED id=w/1 io.millrace.child.CANCELLED")),
                "it had parked, and the child was quicker than the grant for its clean-up");
    }

    @Test
    void shouldShowHowAChildEndedWhereTheRecordGoesOnBehindThat() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            Child<String> child = inner(ctx);
            assertThrows(ChildWorkflowException.class, child::result);
            ctx.step("b", String.class, () -> "B");
            return ctx.step("c", String.class, () -> "C");
        };
        String record = """
                1 child inner FAILED id=w/1 io.millrace.child.CANCELLED
                2 step b COMPLETED "B"
                """;
        assertEquals(
                List.of("cancel surfaced at 3.0 + step 3 c #0 cancelled + cancelled after 3"),
                run(workflow, Records.cancelled("w", 2, record)));
    }

    @Test
    void shouldShowInAShieldedScopeHowAChildEndedByTheCancel() {
        Workflow<String, ?> workflow = (ctx, in) -> {
            Child<String> child = inner(ctx);
            return ctx.shielded(() -> assertThrows(ChildWorkflowException.class, child::result)
                    .status()
                    .name());
        };
        assertEquals(
                List.of("completed \"CANCELLED\" after 1"),
                run(workflow, Records.cancelled("w", 2, "1 child inner FAILED id=w/1 io.millrace.child.CANCELLED")));
    }

    @Test
    void shouldEndAWaitForAChildWhenTheWorkflowIsCancelled() {
        try (TestBench bench = TestBench.threaded((ctx, in) -> inner(ctx).result())) {
            bench.topics.grant(Records.grant("w", 1, ""));
            bench.awaitEachFact("child 1 w/1 inner \"in\"");
            bench.cancel("w", 1);
            bench.awaitEachFact("child 1 w/1 inner \"in\"", "cancel surfaced at 1.1", "cancelled after 1");
        }
    }
}
