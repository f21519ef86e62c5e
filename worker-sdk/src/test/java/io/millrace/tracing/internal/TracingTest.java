package io.millrace.tracing.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
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

        assertNull(tracing.tracer());
        assertFalse(GlobalOpenTelemetry.isSet());

        GlobalOpenTelemetry.set(OpenTelemetrySdk.builder().build());
        assertNotNull(tracing.tracer());
    }

    @Test
    void shouldTakeWhatItIsGiven() {
        assertNotNull(Tracing.to(OpenTelemetrySdk.builder().build()).tracer());
    }

    @Test
    void shouldHaveNothingToDoWithoutAnSdk() {
        assertNull(Tracing.to(OpenTelemetry.noop()).tracer());
    }
}
