package io.millrace.tracing.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTest {
    @AfterEach
    void forget() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void shouldTakeTheGlobalOneWheneverItIsSetAndNeverSetIt() {
        GlobalOpenTelemetry.resetForTest();
        Tracing tracing = Tracing.to(null);

        assertFalse(tracing.spans().areMade());
        assertFalse(GlobalOpenTelemetry.isSet());

        GlobalOpenTelemetry.set(OpenTelemetrySdk.builder().build());
        assertTrue(tracing.spans().areMade());
    }

    @Test
    void shouldTakeWhatItIsGiven() {
        assertTrue(Tracing.to(OpenTelemetrySdk.builder().build()).spans().areMade());
    }

    @Test
    void shouldHaveNothingToDoWithoutAnSdk() {
        assertFalse(Tracing.to(OpenTelemetry.noop()).spans().areMade());
    }

    @Test
    void shouldHaveNothingToDoWithWhatFailsWhenAsked() {
        OpenTelemetry broken = new OpenTelemetry() {
            @Override
            public TracerProvider getTracerProvider() {
                throw new IllegalStateException("broken");
            }

            @Override
            public ContextPropagators getPropagators() {
                return ContextPropagators.noop();
            }
        };
        assertFalse(Tracing.to(broken).spans().areMade());
    }
}
