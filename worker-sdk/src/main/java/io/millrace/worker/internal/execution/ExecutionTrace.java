package io.millrace.worker.internal.execution;

import io.millrace.schemas.Failure;
import io.millrace.schemas.StepKind;
import io.millrace.schemas.TraceContext;
import io.millrace.tracing.internal.Spans;
import io.millrace.tracing.internal.TraceAttributes;
import io.millrace.tracing.internal.TraceContexts;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
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
    static final ExecutionTrace NOT_BEGUN = new ExecutionTrace(Spans.NONE, Context.root(), Span.getInvalid());

    private final Spans spans;
    private final Context context;
    private final Span span;

    /**
     * Begun.
     *
     * @param context has the execution's span; without one, the place at which the workflow was started, which children are handed nevertheless,
     *     because other workers may have an SDK
     */
    ExecutionTrace(Spans spans, Context context, Span span) {
        this.spans = spans;
        this.context = context;
        this.span = span;
    }

    /** Whether there is anything to do for steps: asked before each, so that without an SDK nothing is made for them. */
    boolean hasSpans() {
        return spans.areMade();
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
        Span step = spans.begin(
                "step " + attempt.name(),
                context,
                builder -> builder.setAttribute(TraceAttributes.WORKFLOW_ID, attempt.workflowId())
                        .setAttribute(TraceAttributes.STEP_SEQ, (long) attempt.seq())
                        .setAttribute(TraceAttributes.STEP_NAME, attempt.name())
                        .setAttribute(TraceAttributes.STEP_ATTEMPT, (long) attempt.attempt()));
        try {
            return Spans.within(context, step).wrap(code).call();
        } catch (ExecutionAbandonedError e) {
            spans.tell(step, open -> open.setAttribute(TraceAttributes.STEP_GIVEN_UP, true));
            throw e;
        } catch (Throwable e) {
            spans.tellError(step, e);
            throw e;
        } finally {
            if (attempt.hasTimedOut()) {
                spans.tell(
                        step,
                        open -> open.setAttribute(TraceAttributes.STEP_GIVEN_UP, true)
                                .setStatus(StatusCode.ERROR, "the attempt had timed out"));
            }
            spans.end(step);
        }
    }

    /** The workflow starts a child, whose executions belong to the span of that. */
    @Nullable
    TraceContext startChild(String workflowType, String workflowId, int seq) {
        Span child = spans.begin(
                "start " + workflowType,
                context,
                builder -> builder.setSpanKind(SpanKind.PRODUCER)
                        .setAttribute(TraceAttributes.WORKFLOW_ID, workflowId)
                        .setAttribute(TraceAttributes.WORKFLOW_TYPE, workflowType)
                        .setAttribute(TraceAttributes.STEP_SEQ, (long) seq));
        spans.end(child);
        return TraceContexts.of(Spans.within(context, child));
    }

    /** Something has begun that takes no code: a sleep, a wait for a message, a message to somebody else. */
    void began(StepKind kind, String name, int seq) {
        spans.tell(
                span,
                open -> open.addEvent(
                        kind.name().toLowerCase(Locale.ROOT),
                        Attributes.of(TraceAttributes.STEP_SEQ, (long) seq, TraceAttributes.STEP_NAME, name)));
    }

    /** The workflow's code has thrown, and the workflow fails by it. */
    void failed(Failure failure) {
        spans.tell(
                span,
                open -> open.addEvent(
                        "exception",
                        Attributes.builder()
                                .put(TraceAttributes.EXCEPTION_TYPE, failure.getType())
                                .put(TraceAttributes.EXCEPTION_MESSAGE, failure.getMessage())
                                .put(TraceAttributes.EXCEPTION_STACK_TRACE, failure.getStackTrace())
                                .build()));
    }

    /**
     * It is not run here any more. Only the first time counts.
     *
     * @param problem what went wrong, if anything did
     */
    void end(ExecutionHost.Ending ending, @Nullable String problem) {
        spans.tell(span, open -> {
            open.setAttribute(TraceAttributes.EXECUTION_END, ending.name().toLowerCase(Locale.ROOT));
            if (problem != null) {
                open.setStatus(StatusCode.ERROR, problem);
            }
        });
        spans.end(span);
    }
}
