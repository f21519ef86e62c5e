package io.millrace.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.TraceContext;
import io.millrace.schemas.WorkflowStatus;
import io.millrace.tracing.internal.BrokenOpenTelemetry;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The span that a start or a fork is, and the trace that goes along with it. */
class StartSpansTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private final InMemoryEngine engine = new InMemoryEngine();
    private final MillraceClient client = client(TELEMETRY.getOpenTelemetry());

    @Test
    void shouldSendTheSpanOfTheStart() {
        Span caller = TELEMETRY
                .getOpenTelemetry()
                .getTracer("test")
                .spanBuilder("caller")
                .startSpan();
        try (Scope here = caller.makeCurrent()) {
            assertEquals(caller, Span.current(), () -> "in " + here);
            client.start(
                    "checkout", null, String.class, StartOptions.workflowId("w").queue("shop"));
        }

        SpanData span = only();
        assertEquals("start checkout", span.getName());
        assertEquals(SpanKind.PRODUCER, span.getKind());
        assertEquals(caller.getSpanContext(), span.getParentSpanContext());
        assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
        assertEquals(
                Attributes.of(
                        TraceAttributes.WORKFLOW_ID, "w",
                        TraceAttributes.WORKFLOW_TYPE, "checkout",
                        TraceAttributes.QUEUE, "shop"),
                span.getAttributes().toBuilder().build());
        assertSent(span, engine.commands.get(0).getStart().getTrace());
    }

    @Test
    void shouldTakeTheTraceThatIsGivenForTheCallers() {
        client.start("t", null, String.class, StartOptions.workflowId("w").traceContext(PARENT, "a=1"));

        assertEquals("00f067aa0ba902b7", only().getParentSpanId());
        TraceContext sent = engine.commands.get(0).getStart().getTrace();
        assertTrue(sent.getTraceparent().startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-"), sent.toString());
        assertEquals("a=1", sent.getTracestate());
    }

    @Test
    void shouldSayThatTheWorkflowWasThereBefore() {
        engine.add(InMemoryEngine.state("w", 1, WorkflowStatus.RUNNING));
        client.start("t", null, String.class, StartOptions.workflowId("w"));

        assertEquals(true, only().getAttributes().get(TraceAttributes.WORKFLOW_EXISTING));
    }

    @Test
    void shouldRecordWhyAStartFailed() {
        engine.rejection = "no";
        assertThrows(StartRejectedException.class, () -> client.start("t", null, String.class));

        SpanData span = only();
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
        assertEquals(StartRejectedException.class.getName(), span.getStatus().getDescription());
        assertEquals("exception", span.getEvents().get(0).getName());
    }

    @Test
    void shouldSendTheSpanOfAFork() {
        engine.add(InMemoryEngine.state("source", 1, WorkflowStatus.COMPLETED));
        client.workflow("source", String.class)
                .fork(ForkOptions.from(FromStep.number(1)).workflowId("copy").traceContext(PARENT, null));

        SpanData span = only();
        assertEquals("fork", span.getName());
        assertEquals("00f067aa0ba902b7", span.getParentSpanId());
        assertEquals("source", span.getAttributes().get(TraceAttributes.FORKED_FROM));
        assertEquals("copy", span.getAttributes().get(TraceAttributes.WORKFLOW_ID));
        assertSent(span, engine.commands.get(0).getFork().getTrace());
    }

    @Test
    void shouldHandOnTheCallersTraceWithoutAnSdk() {
        MillraceClient without = client(OpenTelemetry.noop());
        without.start("t", null, String.class, StartOptions.workflowId("a").traceContext(PARENT, null));
        without.start("t", null, String.class, StartOptions.workflowId("b"));
        SpanContext remote = TraceContexts.spanOf(new TraceContext(PARENT, null));
        try (Scope here = Span.wrap(remote).makeCurrent()) {
            assertEquals(remote, Span.current().getSpanContext(), () -> "in " + here);
            without.start("t", null, String.class, StartOptions.workflowId("c"));
        }

        assertEquals(
                new TraceContext(PARENT, null),
                engine.commands.get(0).getStart().getTrace());
        assertNull(engine.commands.get(1).getStart().getTrace());
        assertEquals(
                new TraceContext(PARENT, null),
                engine.commands.get(2).getStart().getTrace());
        assertTrue(TELEMETRY.getSpans().isEmpty());
    }

    @Test
    void shouldStartWithTheCallersTraceWhereNoSpanCanBegin() {
        MillraceClient broken = client(BrokenOpenTelemetry.throwing(true));
        broken.start("t", null, String.class, StartOptions.workflowId("w").traceContext(PARENT, null));

        assertEquals(
                new TraceContext(PARENT, null),
                engine.commands.get(0).getStart().getTrace());
    }

    @Test
    void shouldStartAndForkWhereNoSpanCanEnd() {
        engine.add(InMemoryEngine.state("w", 1, WorkflowStatus.RUNNING));
        MillraceClient broken = client(BrokenOpenTelemetry.throwing(false));
        broken.start("t", null, String.class, StartOptions.workflowId("w"));
        broken.workflow("w", String.class)
                .fork(ForkOptions.from(FromStep.number(1)).workflowId("copy"));
        engine.rejection = "no";

        assertThrows(StartRejectedException.class, () -> broken.start("t", null, String.class));
    }

    private MillraceClient client(OpenTelemetry openTelemetry) {
        return MillraceClient.builder().openTelemetry(openTelemetry).over(engine);
    }

    private static void assertSent(SpanData span, @Nullable TraceContext sent) {
        assertEquals(
                span.getSpanContext().getTraceId(), TraceContexts.spanOf(sent).getTraceId());
        assertEquals(
                span.getSpanContext().getSpanId(), TraceContexts.spanOf(sent).getSpanId());
    }

    private static SpanData only() {
        assertEquals(1, TELEMETRY.getSpans().size(), () -> TELEMETRY.getSpans().toString());
        return TELEMETRY.getSpans().get(0);
    }
}
