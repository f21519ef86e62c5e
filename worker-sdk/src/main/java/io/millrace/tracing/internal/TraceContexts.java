package io.millrace.tracing.internal;

import io.millrace.schemas.Limits;
import io.millrace.schemas.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Places in traces, as records carry them. Always W3C Trace Context, whatever propagators the application uses: it is what is agreed between processes
 * that know nothing of each other. What cannot be read, or is too long, is as if it were not there.
 */
public final class TraceContexts {
    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";

    private static final TextMapGetter<TraceContext> FIELDS = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable TraceContext carrier, String key) {
            if (carrier == null) {
                return null;
            }
            return key.equals(PARENT) ? carrier.getTraceparent() : carrier.getTracestate();
        }
    };

    private TraceContexts() {}

    /** The span of this context, to be sent; null where it has none. */
    public static @Nullable TraceContext of(Context context) {
        if (!Span.fromContext(context).getSpanContext().isValid()) {
            return null;
        }
        TreeMap<String, String> fields = new TreeMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, fields, TreeMap::put);
        return of(fields.get(PARENT), fields.get(STATE));
    }

    /**
     * As two headers say it.
     *
     * @return null where there is no parent, or none that can be read
     */
    public static @Nullable TraceContext of(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || traceparent.length() > Limits.MAX_TRACE_PARENT_CHARS) {
            return null;
        }
        boolean stateFits =
                tracestate != null && !tracestate.isBlank() && tracestate.length() <= Limits.MAX_TRACE_STATE_CHARS;
        TraceContext trace = new TraceContext(traceparent, stateFits ? tracestate : null);
        return spanOf(trace).isValid() ? trace : null;
    }

    /** What was sent, as the parent of spans; the root where there is nothing that can be read. */
    public static Context read(@Nullable TraceContext trace) {
        if (trace == null || of(trace.getTraceparent(), trace.getTracestate()) == null) {
            return Context.root();
        }
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, FIELDS);
    }

    /** What was sent, to be linked to; invalid where there is nothing that can be read. */
    public static SpanContext spanOf(@Nullable TraceContext trace) {
        return trace == null
                ? SpanContext.getInvalid()
                : Span.fromContext(W3CTraceContextPropagator.getInstance().extract(Context.root(), trace, FIELDS))
                        .getSpanContext();
    }
}
