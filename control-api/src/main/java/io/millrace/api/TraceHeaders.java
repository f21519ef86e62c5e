package io.millrace.api;

import io.javalin.http.Context;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request is part of, by its W3C Trace Context headers. What is in them is looked at by the client, which ignores what it cannot read:
 * no request is refused because of them.
 *
 * @param traceparent null where there is none
 * @param tracestate null where there is none; it may come in several headers, which are one list
 */
record TraceHeaders(@Nullable String traceparent, @Nullable String tracestate) {
    static TraceHeaders of(Context ctx) {
        String states = String.join(",", Collections.list(ctx.req().getHeaders("tracestate")));
        return new TraceHeaders(ctx.header("traceparent"), states.isEmpty() ? null : states);
    }
}
