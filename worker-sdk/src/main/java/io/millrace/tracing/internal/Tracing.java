package io.millrace.tracing.internal;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where spans go, if anywhere. Thread-safe. */
public final class Tracing {
    /** The name under which Millrace's spans are known to an SDK. */
    private static final String SCOPE = "io.millrace";

    private final Supplier<OpenTelemetry> source;

    private Tracing(Supplier<OpenTelemetry> source) {
        this.source = source;
    }

    /**
     * To what was given; to the global one where nothing was. The global one is looked up at each use, so that the application may set it when it
     * likes, and never set by the look-up, which would keep the application from setting it at all.
     */
    public static Tracing to(@Nullable OpenTelemetry given) {
        return given == null ? new Tracing(GlobalOpenTelemetry::getOrNoop) : new Tracing(() -> given);
    }

    /** Makes spans; null where there is no SDK, and nothing is to be done or paid for any. */
    public @Nullable Tracer tracer() {
        TracerProvider provider = source.get().getTracerProvider();
        return provider == TracerProvider.noop() ? null : provider.get(SCOPE);
    }
}
