package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.StartOptions;
import io.millrace.client.WorkflowHandle;
import io.millrace.worker.RetryPolicy;
import io.millrace.worker.Workflow;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole trace of a workflow, whatever becomes of it: real client, engine and worker, in one thread. */
class TracingTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    void shouldKeepAllExecutionsOfAParkedWorkflowInOneTrace() {
        try (MillraceTestKit kit = kit((ctx, input) -> {
            ctx.step("before", () -> {});
            ctx.sleep(Duration.ofDays(1));
            ctx.step("between", () -> {});
            ctx.receive("go", String.class);
            ctx.step("after", () -> {});
            return "done";
        })) {
            WorkflowHandle<String> workflow = start(kit);
            kit.advance(Duration.ofDays(2));
            workflow.send("go", "now");
            assertEquals("done", workflow.result());
        }

        assertTree("""
                start test
                  run test w: parked (sleep)
                    step before
                  run test w: parked (receive)
                    step between
                  run test w: completed
                    step after
                """);
    }

    @Test
    void shouldKeepTheTraceWhenTheWorkerDies() {
        AtomicInteger runs = new AtomicInteger();
        MillraceTestKit[] kits = new MillraceTestKit[1];
        try (MillraceTestKit kit = kit((ctx, input) -> {
            ctx.step("first", () -> {});
            ctx.step("deadly", () -> {
                if (runs.incrementAndGet() == 1) {
                    kits[0].crashWorker();
                }
            });
            return "done";
        })) {
            kits[0] = kit;
            WorkflowHandle<String> workflow = start(kit);
            kit.advance(Duration.ofSeconds(30));
            assertEquals("done", workflow.result());
        }

        // The dead process of the kit unwinds, and so it still says how it ended; a real one says nothing.
        assertTree("""
                start test
                  run test w: abandoned !
                    step first
                    step deadly !
                  run test w: completed
                    step deadly
                """);
    }

    @Test
    void shouldKeepTheTraceWhenItIsResumedAndRewound() {
        AtomicInteger tries = new AtomicInteger();
        try (MillraceTestKit kit = kit((ctx, input) -> {
            ctx.step("first", () -> {});
            ctx.step("second", RetryPolicy.NONE, () -> {
                if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("not yet");
                }
            });
            return "done";
        })) {
            WorkflowHandle<String> workflow = start(kit);
            workflow.resume();
            workflow.rewind(FromStep.number(2));
            assertEquals("done", workflow.result());
        }

        assertTree("""
                start test
                  run test w: failed !
                    step first
                    step second !
                  run test w: completed
                    step second
                  run test w: completed
                    step second
                """);
    }

    @Test
    void shouldPutChildrenBelowTheStepThatStartsThem() {
        Workflow<String, String> child = (ctx, input) -> ctx.step("work", String.class, () -> "from the child");
        Workflow<String, String> parent =
                (ctx, input) -> ctx.child("kid", "x", String.class).result();
        try (MillraceTestKit kit = MillraceTestKit.builder()
                .workflow("test", String.class, parent)
                .workflow("kid", String.class, child)
                .openTelemetry(TELEMETRY.getOpenTelemetry())
                .build()) {
            assertEquals("from the child", start(kit).result());
        }

        assertTree("""
                start test
                  run test w: parked
                    start kid
                      run kid w/1: completed
                        step work
                  run test w: completed
                """);
    }

    @Test
    void shouldLinkAForkToItsSource() {
        try (MillraceTestKit kit = kit((ctx, input) -> {
            ctx.step("first", () -> {});
            ctx.sleep(Duration.ofHours(1));
            return ctx.step("second", String.class, () -> "done");
        })) {
            WorkflowHandle<String> source = start(kit);
            kit.advance(Duration.ofHours(2));
            WorkflowHandle<String> fork =
                    source.fork(ForkOptions.from(FromStep.number(2)).workflowId("copy"));
            kit.advance(Duration.ofHours(2));
            assertEquals("done", fork.result());
        }

        assertTree("""
                start test
                  run test w: parked (sleep)
                    step first
                  run test w: completed
                    step second
                fork
                  run test copy: parked (sleep) -> start test
                  run test copy: completed -> start test
                    step second
                """);
    }

    @Test
    void shouldTraceTheCodeThatIsDeployedLaterToo() {
        try (MillraceTestKit kit = kit((ctx, input) -> {
            ctx.sleep(Duration.ofHours(1));
            return ctx.step("work", String.class, () -> "old");
        })) {
            WorkflowHandle<String> workflow = start(kit);
            kit.deploy(worker -> worker.workflow("test", String.class, (ctx, input) -> {
                ctx.sleep(Duration.ofHours(1));
                return ctx.step("work", String.class, () -> "new");
            }));
            kit.advance(Duration.ofHours(2));
            assertEquals("new", workflow.result());
        }

        assertTree("""
                start test
                  run test w: parked (sleep)
                  run test w: completed
                    step work
                """);
    }

    @Test
    void shouldPutEachAttemptBelowTheExecutionThatMakesIt() {
        AtomicInteger attempts = new AtomicInteger();
        try (MillraceTestKit kit = kit((ctx, input) ->
                ctx.step("flaky", String.class, RetryPolicy.of(2).backoff(Duration.ofMinutes(1), 1), () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("once");
                    }
                    return "done";
                }))) {
            WorkflowHandle<String> workflow = start(kit);
            kit.advance(Duration.ofMinutes(5));
            assertEquals("done", workflow.result());
        }

        assertTree("""
                start test
                  run test w: parked
                    step flaky !
                  run test w: completed
                    step flaky
                """);
    }

    private static MillraceTestKit kit(Workflow<String, String> workflow) {
        return MillraceTestKit.builder()
                .workflow("test", String.class, workflow)
                .openTelemetry(TELEMETRY.getOpenTelemetry())
                .build();
    }

    private static WorkflowHandle<String> start(MillraceTestKit kit) {
        return kit.client().start("test", "x", String.class, StartOptions.workflowId("w"));
    }

    private static void assertTree(String expected) {
        assertEquals(expected, SpanTree.of(TELEMETRY.getSpans()));
    }
}
