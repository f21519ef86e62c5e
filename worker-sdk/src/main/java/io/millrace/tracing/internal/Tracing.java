package io.millrace.tracing.internal;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where spans go, if anywhere. Thread-safe. */
public final class Tracing {
    private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

    /** The name under which Millrace's spans are known to an SDK. */
    private static final String SCOPE = "io.millrace";

    private final Supplier<OpenTelemetry> source;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

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

    /** Makes spans; {@link Spans#NONE} where there is no SDK, or it fails, and nothing is to be done or paid for any. */
    public Spans spans() {
        try {
            TracerProvider provider = source.get().getTracerProvider();
            return provider == TracerProvider.noop() ? Spans.NONE : new Spans(provider.get(SCOPE), this::failed);
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return Spans.NONE;
        }
    }

    /** Said once: what fails for one span does so for each, maybe thousands of times a second. */
    private void failed(Throwable failure) {
        if (hasFailed.compareAndSet(false, true)) {
            LOG.warn(
                    "OpenTelemetry has failed, so spans may be missing; workflows go on. Look at the SDK's samplers and span processors; "
                            + "further failures are not logged",
                    failure);
        }
    }
}
