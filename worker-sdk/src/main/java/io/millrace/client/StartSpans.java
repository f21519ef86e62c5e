package io.millrace.client;

import io.millrace.schemas.Fork;
import io.millrace.schemas.Start;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.Spans;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.millrace.tracing.internal.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The span of each start and fork, in whose trace the new workflow's executions will be. Where there is no SDK, the trace that the caller is in goes
 * into the start as it is. Thread-safe.
 */
final class StartSpans {
    private final Tracing tracing;

    StartSpans(@Nullable OpenTelemetry given) {
        this.tracing = Tracing.to(given);
    }

    /** Sends a start, which carries the span from then on. */
    CompletableFuture<WorkflowStarts.Started> start(
            String workflowId, Start start, Supplier<CompletableFuture<WorkflowStarts.Started>> send) {
        Spans spans = tracing.spans();
        Context caller = callerOf(start.getTrace());
        Span span = spans.begin(
                "start " + start.getWorkflowType(),
                caller,
                builder -> builder.setSpanKind(SpanKind.PRODUCER)
                        .setAttribute(TraceAttributes.WORKFLOW_ID, workflowId)
                        .setAttribute(TraceAttributes.WORKFLOW_TYPE, start.getWorkflowType())
                        .setAttribute(TraceAttributes.QUEUE, start.getQueue()));
        start.setTrace(TraceContexts.of(Spans.within(caller, span)));
        return traced(
                spans,
                span,
                () -> send.get().thenApply(started -> {
                    if (started.existing()) {
                        spans.tell(span, open -> open.setAttribute(TraceAttributes.WORKFLOW_EXISTING, true));
                    }
                    return started;
                }));
    }

    /** Asks for a fork, which carries the span from then on. */
    <T> CompletableFuture<T> fork(String sourceId, Fork fork, Supplier<CompletableFuture<T>> send) {
        Spans spans = tracing.spans();
        Context caller = callerOf(fork.getTrace());
        Span span = spans.begin(
                "fork",
                caller,
                builder -> builder.setSpanKind(SpanKind.PRODUCER)
                        .setAttribute(TraceAttributes.WORKFLOW_ID, fork.getWorkflowId())
                        .setAttribute(TraceAttributes.FORKED_FROM, sourceId));
        fork.setTrace(TraceContexts.of(Spans.within(caller, span)));
        return traced(spans, span, send);
    }

    private static Context callerOf(@Nullable TraceContext given) {
        return given == null ? Context.current() : TraceContexts.read(given);
    }

    /** Ends the span with the answer, also where nothing could be sent. */
    private static <T> CompletableFuture<T> traced(Spans spans, Span span, Supplier<CompletableFuture<T>> send) {
        try {
            return send.get().whenComplete((answer, error) -> end(spans, span, error));
        } catch (RuntimeException e) {
            end(spans, span, e);
            throw e;
        }
    }

    private static void end(Spans spans, Span span, @Nullable Throwable error) {
        if (error != null) {
            spans.tellError(span, Futures.cause(error));
        }
        spans.end(span);
    }
}
