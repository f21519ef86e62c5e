package io.millrace.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.ChildStarted;
import io.millrace.schemas.Grant;
import io.millrace.schemas.InboxMessage;
import io.millrace.schemas.Revoked;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.BrokenOpenTelemetry;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spans of a worker: of each execution, of each attempt of a step in it, and of the children that it starts. */
class ExecutionSpansTest {
    private static final TraceContext START =
            new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1");

    private static final TraceContext SOURCE =
            new TraceContext("00-11111111111111111111111111111111-2222222222222222-01", null);

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    @Test
    void shouldDescribeAnExecution() {
        Grant grant = granted("");
        grant.setRecoveryAttempts(2);
        grant.setRun(1);
        grant.setLinkedTrace(SOURCE);
        String workerId;
        try (TestBench bench = TestBench.inOneThread(
                (ctx, input) -> "x", settings -> traced(settings).applicationVersion("1.4"))) {
            bench.run(grant);
            workerId = bench.worker.workerId().orElseThrow();
        }

        SpanData run = span("run test");
        assertEquals(SpanKind.CONSUMER, run.getKind());
        assertEquals(TraceContexts.spanOf(START), run.getParentSpanContext());
        assertEquals(
                List.of(TraceContexts.spanOf(SOURCE)),
                run.getLinks().stream().map(link -> link.getSpanContext()).toList());
        assertEquals(StatusCode.UNSET, run.getStatus().getStatusCode());
        assertEquals(
                Attributes.builder()
                        .put("millrace.workflow.id", "w")
                        .put("millrace.workflow.type", "test")
                        .put("millrace.workflow.epoch", 1)
                        .put("millrace.workflow.run", 1)
                        .put("millrace.workflow.recoveries", 2)
                        .put("millrace.queue", "default")
                        .put("millrace.worker.id", workerId)
                        .put("millrace.application.version", "1.4")
                        .put("millrace.execution.end", "completed")
                        .build(),
                run.getAttributes().toBuilder().build());
    }

    @Test
    void shouldMakeASpanOfEachAttemptThatIsCurrentInIt() {
        List<SpanContext> seen = new ArrayList<>();
        try (TestBench bench = TestBench.inOneThread(
                (ctx, input) -> {
                    seen.add(Span.current().getSpanContext());
                    ctx.step("a", String.class, () -> {
                        seen.add(Span.current().getSpanContext());
                        return "1";
                    });
                    return ctx.stepAsync("b", String.class, () -> {
                                seen.add(Span.current().getSpanContext());
                                return "2";
                            })
                            .get();
                },
                ExecutionSpansTest::traced)) {
            bench.run(granted(""));
        }

        SpanData run = span("run test");
        assertEquals(
                List.of(
                        run.getSpanContext(),
                        span("step a").getSpanContext(),
                        span("step b").getSpanContext()),
                seen);
        for (String name : List.of("step a", "step b")) {
            assertEquals(run.getSpanContext(), span(name).getParentSpanContext());
            assertEquals(SpanKind.INTERNAL, span(name).getKind());
        }
        assertEquals(
                Attributes.builder()
                        .put("millrace.workflow.id", "w")
                        .put("millrace.step.seq", 2)
                        .put("millrace.step.name", "b")
                        .put("millrace.step.attempt", 1)
                        .build(),
                span("step b").getAttributes().toBuilder().build());
        assertEquals(Context.root(), Context.current(), "nothing is left on the thread");
    }

    @Test
    void shouldMakeNoSpanOfWhatIsOnRecord() {
        try (TestBench bench = TestBench.inOneThread(
                (ctx, input) -> {
                    ctx.step("a", String.class, () -> "1");
                    ctx.sleep(Duration.ofSeconds(5));
                    return ctx.step("b", String.class, () -> "2");
                },
                ExecutionSpansTest::traced)) {
            bench.run(granted("1 step a COMPLETED \"1\"\n2 sleep sleep COMPLETED"));
        }

        assertEquals(List.of("step b", "run test"), names());
        assertEquals(List.of(), span("run test").getEvents());
    }

    @Test
    void shouldRecordTheErrorOfEachAttempt() {
        try (TestBench bench = TestBench.inOneThread(
                (ctx, input) -> ctx.step("a", String.class, RetryPolicy.NONE, () -> {
                    throw new IllegalStateException("broken");
                }),
                ExecutionSpansTest::traced)) {
            bench.run(granted(""));
        }

        SpanData step = span("step a");
        assertEquals(StatusCode.ERROR, step.getStatus().getStatusCode());
        assertEquals(IllegalStateException.class.getName(), step.getStatus().getDescription());
        assertEquals("exception", step.getEvents().get(0).getName());
        SpanData run = span("run test");
        assertEquals("failed", run.getAttributes().get(TraceAttributes.EXECUTION_END));
        assertEquals(StatusCode.ERROR, run.getStatus().getStatusCode());
        assertEquals(
                StepFailedException.class.getName(),
                run.getEvents().get(0).getAttributes().get(TraceAttributes.EXCEPTION_TYPE));
    }

    @Test
    void shouldEndWhereItParksAndSayWhatItWaitsFor() {
        try (TestBench bench = TestBench.inOneThread(
                (ctx, input) -> {
                    ctx.setValue("state", "dozing");
                    ctx.sleep(Duration.ofHours(1));
                    return null;
                },
                ExecutionSpansTest::traced)) {
            bench.run(granted(""));
        }

        SpanData run = span("run test");
        assertEquals("parked", run.getAttributes().get(TraceAttributes.EXECUTION_END));
        assertEquals(StatusCode.UNSET, run.getStatus().getStatusCode());
        assertEquals(
                List.of("set_value", "sleep"),
                run.getEvents().stream().map(event -> event.getName()).toList());
        assertEquals(
                Attributes.of(TraceAttributes.STEP_SEQ, 2L, TraceAttributes.STEP_NAME, "sleep"),
                run.getEvents().get(1).getAttributes());
    }

    @Test
    void shouldSayThatAStepHadTimedOut() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch forEver = new CountDownLatch(1);
        try (TestBench bench = TestBench.threaded(
                (ctx, input) -> ctx.step(StepCall.of("a", String.class, RetryPolicy.NONE, step -> {
                            inside.countDown();
                            forEver.await();
                            return "never";
                        })
                        .timeout(Duration.ofSeconds(1))),
                ExecutionSpansTest::traced)) {
            bench.topics.grant(granted(""));
            await().until(() -> inside.getCount() == 0);
            bench.clock.advance(Duration.ofSeconds(2));
            await().until(() -> names().contains("step a"));
        }

        assertEquals(true, span("step a").getAttributes().get(TraceAttributes.STEP_GIVEN_UP));
        assertEquals("the attempt had timed out", span("step a").getStatus().getDescription());
    }

    @Test
    void shouldSayThatAnExecutionWasRevoked() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch forEver = new CountDownLatch(1);
        try (TestBench bench = TestBench.threaded(
                (ctx, input) -> ctx.step("a", String.class, () -> {
                    inside.countDown();
                    forEver.await();
                    return "never";
                }),
                ExecutionSpansTest::traced)) {
            bench.topics.grant(granted(""));
            await().until(() -> inside.getCount() == 0);
            bench.topics.deliver(InboxMessage.newBuilder()
                    .setRevoked(new Revoked("w", 1L, "it is another's"))
                    .build());
            await().until(() -> Set.copyOf(names()).equals(Set.of("run test", "step a")));
        }

        assertEquals("abandoned", span("run test").getAttributes().get(TraceAttributes.EXECUTION_END));
        assertEquals(StatusCode.ERROR, span("run test").getStatus().getStatusCode());
    }

    @Test
    void shouldHandASpanOfItsOwnToEachChild() {
        try (TestBench bench = childBench(TELEMETRY.getOpenTelemetry())) {
            bench.run(granted(""));
            SpanData start = span("start kid");
            assertEquals(SpanKind.PRODUCER, start.getKind());
            assertEquals(span("run test").getSpanContext(), start.getParentSpanContext());
            assertEquals(
                    Attributes.builder()
                            .put("millrace.workflow.id", "w/1")
                            .put("millrace.workflow.type", "kid")
                            .put("millrace.step.seq", 1)
                            .build(),
                    start.getAttributes().toBuilder().build());
            assertEquals(
                    start.getSpanId(),
                    TraceContexts.spanOf(child(bench).getStart().getTrace()).getSpanId());
        }
    }

    @Test
    void shouldHandItsTraceToChildrenWithoutAnSdkToo() {
        try (TestBench bench = childBench(OpenTelemetry.noop())) {
            bench.run(granted(""));
            assertEquals(START, child(bench).getStart().getTrace());
        }
        assertEquals(List.of(), names());
    }

    @Test
    void shouldIgnoreATraceThatNobodyCanRead() {
        Grant grant = granted("");
        grant.setTrace(new TraceContext("\u0000 no trace", "nor state"));
        grant.setLinkedTrace(new TraceContext("", null));
        try (TestBench bench = TestBench.inOneThread((ctx, input) -> "x", ExecutionSpansTest::traced)) {
            bench.run(grant);
            assertEquals(1, bench.topics.facts().size());
        }

        SpanData run = span("run test");
        assertFalse(run.getParentSpanContext().isValid());
        assertNotEquals("", run.getTraceId());
        assertTrue(run.getLinks().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRunEachStepOnceAndSeeItsOwnErrorsWhereTheSdkThrows(boolean atStart) {
        AtomicInteger runs = new AtomicInteger();
        Workflow<String, String> workflow = (ctx, input) -> {
            ctx.setValue("state", "working");
            ctx.step("a", () -> {
                runs.incrementAndGet();
            });
            try {
                ctx.step("b", RetryPolicy.NONE, () -> {
                    throw new IllegalStateException("a real error");
                });
            } catch (StepFailedException e) {
                return e.failureType();
            }
            return "no error";
        };
        try (TestBench bench = TestBench.inOneThread(
                workflow, settings -> settings.openTelemetry(BrokenOpenTelemetry.throwing(atStart)))) {
            List<String> facts = bench.run(granted(""));
            String end = "completed \"java.lang.IllegalStateException\" after 3";
            assertTrue(facts.get(facts.size() - 1).endsWith(end), facts.toString());
        }
        assertEquals(1, runs.get());
    }

    @Test
    void shouldHandItsTraceToChildrenWhereTheSdkThrows() {
        try (TestBench bench = childBench(BrokenOpenTelemetry.throwing(true))) {
            bench.run(granted(""));
            assertEquals(START, child(bench).getStart().getTrace());
        }
    }

    private static TestBench childBench(OpenTelemetry telemetry) {
        return TestBench.inOneThread(
                (ctx, input) -> ctx.child("kid", null, String.class).result(),
                settings -> settings.openTelemetry(telemetry));
    }

    private static ChildStarted child(TestBench bench) {
        return bench.topics.events.stream()
                .flatMap(sent -> sent.event().getFacts().stream())
                .flatMap(fact -> Optional.ofNullable(fact.getChildStarted()).stream())
                .findFirst()
                .orElseThrow();
    }

    private static WorkerBuilder traced(WorkerBuilder settings) {
        return settings.openTelemetry(TELEMETRY.getOpenTelemetry());
    }

    private static Grant granted(String record) {
        Grant grant = Records.grant("w", 1, record);
        grant.setTrace(START);
        return grant;
    }

    private static SpanData span(String name) {
        return TELEMETRY.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no \"" + name + "\" in " + names()));
    }

    private static List<String> names() {
        return TELEMETRY.getSpans().stream().map(SpanData::getName).toList();
    }
}
