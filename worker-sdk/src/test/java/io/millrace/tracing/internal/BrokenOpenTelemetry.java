package io.millrace.tracing.internal;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** An SDK with a span processor that throws, either when a span begins, so that there is none, or when it ends. */
public final class BrokenOpenTelemetry implements SpanProcessor {
    private final boolean atStart;

    private BrokenOpenTelemetry(boolean atStart) {
        this.atStart = atStart;
    }

    public static OpenTelemetry throwing(boolean atStart) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(new BrokenOpenTelemetry(atStart))
                        .build())
                .build();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        throw new IllegalArgumentException("the span processor is broken");
    }

    @Override
    public boolean isStartRequired() {
        return atStart;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        throw new NoClassDefFoundError("the span processor misses a class");
    }

    @Override
    public boolean isEndRequired() {
        return !atStart;
    }
}
