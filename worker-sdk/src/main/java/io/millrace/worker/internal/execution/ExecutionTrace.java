package io.millrace.worker.internal.execution;

import io.millrace.schemas.Failure;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The span of one execution, and what is in it: steps whose code runs, children that are started, waits that begin. What the code only sees again in a
 * replay is not in it. Thread-safe.
 */
final class ExecutionTrace {
    /** Of an execution whose code has not begun. */
    static final ExecutionTrace NOT_BEGUN = withoutSpans(null);

    private final @Nullable Tracer tracer;
    private final Context context;
    private final @Nullable TraceContext start;

    private ExecutionTrace(@Nullable Tracer tracer, Context context, @Nullable TraceContext start) {
        this.tracer = tracer;
        this.context = context;
        this.start = start;
    }

    /**
     * With spans.
     *
     * @param context has the execution's own
     */
    ExecutionTrace(Tracer tracer, Context context) {
        this(tracer, context, null);
    }

    /**
     * There is no SDK. Children are handed the trace nevertheless, because other workers may have one.
     *
     * @param start where in a trace the workflow was started
     */
    static ExecutionTrace withoutSpans(@Nullable TraceContext start) {
        return new ExecutionTrace(null, Context.root(), start);
    }

    /** Whether there is anything to do for steps: asked before each, so that without an SDK nothing is made for them. */
    boolean hasSpans() {
        return tracer != null;
    }

    /** Runs the workflow's code, with the execution's span as the current one. */
    void run(Runnable code) {
        if (hasSpans()) {
            context.wrap(code).run();
        } else {
            code.run();
        }
    }

    /** Runs an attempt of a step in a span of its own, which is the current one meanwhile. */
    <T> T inStep(Attempt attempt, Callable<T> code) throws Exception {
        if (tracer == null) {
            return code.call();
        }
        Span span = tracer.spanBuilder("step " + attempt.name())
                .setParent(context)
                .setAttribute(TraceAttributes.WORKFLOW_ID, attempt.workflowId())
                .setAttribute(TraceAttributes.STEP_SEQ, (long) attempt.seq())
                .setAttribute(TraceAttributes.STEP_NAME, attempt.name())
                .setAttribute(TraceAttributes.STEP_ATTEMPT, (long) attempt.attempt())
                .startSpan();
        try {
            return context.with(span).wrap(code).call();
        } catch (ExecutionAbandonedError e) {
            span.setAttribute(TraceAttributes.STEP_GIVEN_UP, true);
            throw e;
        } catch (Throwable e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getName());
            span.recordException(e);
            throw e;
        } finally {
            if (attempt.hasTimedOut()) {
                span.setAttribute(TraceAttributes.STEP_GIVEN_UP, true);
                span.setStatus(StatusCode.ERROR, "the attempt had timed out");
            }
            span.end();
        }
    }

    /** The workflow starts a child, whose executions belong to the span of that. */
    @Nullable
    TraceContext startChild(String workflowType, String workflowId, int seq) {
        if (tracer == null) {
            return start;
        }
        Span span = tracer.spanBuilder("start " + workflowType)
                .setSpanKind(SpanKind.PRODUCER)
                .setParent(context)
                .setAttribute(TraceAttributes.WORKFLOW_ID, workflowId)
                .setAttribute(TraceAttributes.WORKFLOW_TYPE, workflowType)
                .setAttribute(TraceAttributes.STEP_SEQ, (long) seq)
                .startSpan();
        span.end();
        return TraceContexts.of(context.with(span));
    }

    /** Something has begun that takes no code: a sleep, a wait for a message, a message to somebody else. */
    void began(StepKind kind, String name, int seq) {
        if (tracer != null) {
            span().addEvent(
                            kind.name().toLowerCase(Locale.ROOT),
                            Attributes.of(TraceAttributes.STEP_SEQ, (long) seq, TraceAttributes.STEP_NAME, name));
        }
    }

    /** The workflow's code has thrown, and the workflow fails by it. */
    void failed(Failure failure) {
        if (tracer != null) {
            Attributes exception = Attributes.builder()
                    .put(TraceAttributes.EXCEPTION_TYPE, failure.getType())
                    .put(TraceAttributes.EXCEPTION_MESSAGE, failure.getMessage())
                    .put(TraceAttributes.EXCEPTION_STACK_TRACE, failure.getStackTrace())
                    .build();
            span().addEvent("exception", exception);
        }
    }

    /**
     * It is not run here any more. Only the first time counts.
     *
     * @param problem what went wrong, if anything did
     */
    void end(ExecutionHost.Ending ending, @Nullable String problem) {
        if (tracer != null) {
            span().setAttribute(TraceAttributes.EXECUTION_END, ending.name().toLowerCase(Locale.ROOT));
            if (problem != null) {
                span().setStatus(StatusCode.ERROR, problem);
            }
            span().end();
        }
    }

    private Span span() {
        return Span.fromContext(context);
    }
}
