package io.millrace.engine.machine;

import io.millrace.schemas.Limits;
import io.millrace.schemas.Start;
import io.millrace.schemas.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The traces that starts carry. They are kept and handed on as they are; only their length is looked at, because they are in every grant. One that
 * is too long is dropped and the start taken: whoever traces wrongly loses the trace and not the work.
 */
final class StartTraces {
    private StartTraces() {}

    /** The start as it goes on record: itself, or a copy without the traces that are too long. */
    static Start bounded(Start start) {
        TraceContext trace = bounded(start.getTrace());
        TraceContext linked = bounded(start.getLinkedTrace());
        if (trace == start.getTrace() && linked == start.getLinkedTrace()) {
            return start;
        }
        Start copy = Start.newBuilder(start).build();
        copy.setTrace(trace);
        copy.setLinkedTrace(linked);
        return copy;
    }

    /** Without the parent there is nothing to belong to; without the state, only what other vendors keep there is lost. */
    private static @Nullable TraceContext bounded(@Nullable TraceContext trace) {
        if (trace == null || trace.getTraceparent().length() > Limits.MAX_TRACE_PARENT_CHARS) {
            return null;
        }
        String state = trace.getTracestate();
        return state == null || state.length() <= Limits.MAX_TRACE_STATE_CHARS
                ? trace
                : new TraceContext(trace.getTraceparent(), null);
    }
}
