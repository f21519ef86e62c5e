package io.millrace.tracing.internal;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans, and is the one place where they are touched. Tracing never stops work: what an SDK throws, or a sampler or span processor of the
 * application's in it, ends here. Thread-safe.
 */
public final class Spans {
    /** Where there is no SDK. */
    public static final Spans NONE = new Spans(null, failure -> {});

    private final @Nullable Tracer tracer;
    private final Consumer<Throwable> onFailure;

    Spans(@Nullable Tracer tracer, Consumer<Throwable> onFailure) {
        this.tracer = tracer;
        this.onFailure = onFailure;
    }

    /** Whether there is an SDK that makes any. */
    public boolean areMade() {
        return tracer != null;
    }

    /**
     * Begins one.
     *
     * @param description sets its kind, its attributes and links
     * @return one that does nothing and is not valid, where there is no SDK or it fails
     */
    public Span begin(String name, Context parent, Consumer<SpanBuilder> description) {
        if (tracer == null) {
            return Span.getInvalid();
        }
        try {
            SpanBuilder builder = tracer.spanBuilder(name).setParent(parent);
            description.accept(builder);
            return builder.startSpan();
        } catch (RuntimeException | LinkageError e) {
            onFailure.accept(e);
            return Span.getInvalid();
        }
    }

    /** With this span as the current one; the parent as it is where the span could not begin, so that its trace goes on. */
    public static Context within(Context parent, Span span) {
        return span.getSpanContext().isValid() ? parent.with(span) : parent;
    }

    /** Says something of a span. */
    public void tell(Span span, Consumer<Span> what) {
        if (tracer == null) {
            return;
        }
        try {
            what.accept(span);
        } catch (RuntimeException | LinkageError e) {
            onFailure.accept(e);
        }
    }

    /** Says that what the span is of has thrown this. */
    public void tellError(Span span, Throwable error) {
        tell(
                span,
                failed -> failed.setStatus(StatusCode.ERROR, error.getClass().getName())
                        .recordException(error));
    }

    /** Ends it. Only the first time counts. */
    public void end(Span span) {
        tell(span, Span::end);
    }
}
