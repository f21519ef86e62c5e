package io.millrace.tracing.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.Limits;
import io.millrace.schemas.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextsTest {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN_ID = "00f067aa0ba902b7";
    private static final String PARENT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

    @Test
    void shouldWriteTheSpanOfAContextAndReadItBack() {
        TraceState state = TraceState.builder().put("b", "2").put("a", "1").build();
        SpanContext span = SpanContext.create(TRACE_ID, SPAN_ID, TraceFlags.getSampled(), state);

        TraceContext written = TraceContexts.of(Context.root().with(Span.wrap(span)));
        SpanContext read = Span.fromContext(TraceContexts.read(written)).getSpanContext();

        assertEquals(new TraceContext(PARENT, "a=1,b=2"), written);
        assertEquals(TRACE_ID, read.getTraceId());
        assertEquals(SPAN_ID, read.getSpanId());
        assertEquals(state, read.getTraceState());
        assertTrue(read.isSampled() && read.isRemote());
    }

    @Test
    void shouldKeepThatATraceIsNotSampled() {
        TraceContext unsampled = new TraceContext("00-" + TRACE_ID + "-" + SPAN_ID + "-00", null);

        assertFalse(TraceContexts.spanOf(unsampled).isSampled());
        assertEquals(unsampled, TraceContexts.of(TraceContexts.read(unsampled)));
    }

    @Test
    void shouldWriteNothingWithoutASpan() {
        assertNull(TraceContexts.of(Context.root()));
        assertSame(Context.root(), TraceContexts.read(null));
        assertFalse(TraceContexts.spanOf(null).isValid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "\u0000\u4e16"
            })
    void shouldIgnoreWhatIsNoTrace(String parent) {
        assertNull(TraceContexts.of(parent, null));
        assertSame(Context.root(), TraceContexts.read(new TraceContext(parent, null)));
        assertFalse(TraceContexts.spanOf(new TraceContext(parent, null)).isValid());
    }

    @Test
    void shouldIgnoreAParentThatIsTooLong() {
        // A version that is still to come may have more behind it.
        String later = "01" + PARENT.substring(2) + "-" + "x".repeat(Limits.MAX_TRACE_PARENT_CHARS - 56);

        assertEquals(new TraceContext(later, null), TraceContexts.of(later, null));
        assertNull(TraceContexts.of(later + "x", null));
        assertNull(TraceContexts.of(PARENT.toUpperCase(Locale.ROOT), null));
        assertNull(TraceContexts.of((String) null, "a=1"));
    }

    @Test
    void shouldGoOnWithoutAStateThatCannotBeKept() {
        String longest = "a=" + "x".repeat(250) + ",b=" + "x".repeat(250) + ",c=123";
        assertEquals(Limits.MAX_TRACE_STATE_CHARS - 1, longest.length());

        assertEquals(new TraceContext(PARENT, longest), TraceContexts.of(PARENT, longest));
        assertEquals(new TraceContext(PARENT, null), TraceContexts.of(PARENT, longest + "34"));
        assertEquals(new TraceContext(PARENT, null), TraceContexts.of(PARENT, " "));
        assertEquals(
                TRACE_ID,
                TraceContexts.spanOf(new TraceContext(PARENT, "no state")).getTraceId());
    }
}
