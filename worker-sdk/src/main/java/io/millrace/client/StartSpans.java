package io.millrace.client;

import io.millrace.schemas.Fork;
import io.millrace.schemas.Start;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.millrace.tracing.internal.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
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
        Context caller = callerOf(start.getTrace());
        Tracer tracer = tracing.tracer();
        if (tracer == null) {
            start.setTrace(TraceContexts.of(caller));
            return send.get();
        }
        Span span = tracer.spanBuilder("start " + start.getWorkflowType())
                .setSpanKind(SpanKind.PRODUCER)
                .setParent(caller)
                .setAttribute(TraceAttributes.WORKFLOW_ID, workflowId)
                .setAttribute(TraceAttributes.WORKFLOW_TYPE, start.getWorkflowType())
                .setAttribute(TraceAttributes.QUEUE, start.getQueue())
                .startSpan();
        start.setTrace(TraceContexts.of(caller.with(span)));
        return within(span, send).whenComplete((started, error) -> {
            if (started != null && started.existing()) {
                span.setAttribute(TraceAttributes.WORKFLOW_EXISTING, true);
            }
            end(span, error);
        });
    }

    /** Asks for a fork, which carries the span from then on. */
    <T> CompletableFuture<T> fork(String sourceId, Fork fork, Supplier<CompletableFuture<T>> send) {
        Context caller = callerOf(fork.getTrace());
        Tracer tracer = tracing.tracer();
        if (tracer == null) {
            fork.setTrace(TraceContexts.of(caller));
            return send.get();
        }
        Span span = tracer.spanBuilder("fork")
                .setSpanKind(SpanKind.PRODUCER)
                .setParent(caller)
                .setAttribute(TraceAttributes.WORKFLOW_ID, fork.getWorkflowId())
                .setAttribute(TraceAttributes.FORKED_FROM, sourceId)
                .startSpan();
        fork.setTrace(TraceContexts.of(caller.with(span)));
        return within(span, send).whenComplete((made, error) -> end(span, error));
    }

    private static Context callerOf(@Nullable TraceContext given) {
        return given == null ? Context.current() : TraceContexts.read(given);
    }

    /** The span is to end also where nothing could be sent. */
    private static <T> CompletableFuture<T> within(Span span, Supplier<CompletableFuture<T>> send) {
        try {
            return send.get();
        } catch (RuntimeException e) {
            end(span, e);
            throw e;
        }
    }

    private static void end(Span span, @Nullable Throwable error) {
        if (error != null) {
            Throwable cause = Futures.cause(error);
            span.setStatus(StatusCode.ERROR, cause.getClass().getName());
            span.recordException(cause);
        }
        span.end();
    }
}
