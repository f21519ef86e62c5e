package io.millrace.worker.internal.execution;

import io.millrace.tracing.internal.Spans;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.millrace.tracing.internal.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Begins the traces of one worker's executions. Thread-safe. */
final class ExecutionTraces {
    private final Tracing tracing;
    private final String workerId;
    private final @Nullable String applicationVersion;

    /**
     * Of a worker.
     *
     * @param applicationVersion the version of its code
     */
    ExecutionTraces(Tracing tracing, String workerId, @Nullable String applicationVersion) {
        this.tracing = tracing;
        this.workerId = workerId;
        this.applicationVersion = applicationVersion;
    }

    /** The code of an execution is about to run. Its parent is the start of the workflow, however often it was parked, recovered or resumed since. */
    ExecutionTrace begin(ExecutionName name, Assignment assignment) {
        Spans spans = tracing.spans();
        Context start = TraceContexts.read(assignment.traces().start());
        Span span =
                spans.begin("run " + assignment.workflowType(), start, builder -> describe(builder, name, assignment));
        return new ExecutionTrace(spans, Spans.within(start, span), span);
    }

    private void describe(SpanBuilder builder, ExecutionName name, Assignment assignment) {
        builder.setSpanKind(SpanKind.CONSUMER)
                .setAttribute(TraceAttributes.WORKFLOW_ID, name.workflowId())
                .setAttribute(TraceAttributes.WORKFLOW_TYPE, assignment.workflowType())
                .setAttribute(TraceAttributes.WORKFLOW_EPOCH, name.epoch())
                .setAttribute(TraceAttributes.WORKFLOW_RUN, (long) assignment.run())
                .setAttribute(TraceAttributes.WORKFLOW_RECOVERIES, (long) assignment.recoveries())
                .setAttribute(TraceAttributes.QUEUE, assignment.queue())
                .setAttribute(TraceAttributes.WORKER_ID, workerId);
        if (applicationVersion != null) {
            builder.setAttribute(TraceAttributes.APPLICATION_VERSION, applicationVersion);
        }
        SpanContext linked = TraceContexts.spanOf(assignment.traces().linked());
        if (linked.isValid()) {
            builder.addLink(linked);
        }
    }
}
