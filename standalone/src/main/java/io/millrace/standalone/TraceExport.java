package io.millrace.standalone;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends the spans of this process to where OpenTelemetry's own environment variables say. Without any of them that names a destination there is no
 * SDK, and nothing is traced.
 */
final class TraceExport implements AutoCloseable {
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

    /** What holds where the environment says nothing. Millrace has no metrics and no log records for OpenTelemetry. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "millrace",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            // Over the JDK's own HTTP client; gRPC would bring another HTTP library along.
            "otel.exporter.otlp.protocol", "http/protobuf");

    private final OpenTelemetrySdk sdk;

    private TraceExport(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /** Starts it as the first of the parts, so that it is stopped last and sends what the others still have to say; if it is asked for. */
    static void startIfAsked(PartStack running, Map<String, String> environment) throws Exception {
        if (isAskedFor(environment) && !GlobalOpenTelemetry.isSet()) {
            running.start("trace export", () -> start(environment));
        }
    }

    /** Whether the environment names a destination for spans. */
    static boolean isAskedFor(Map<String, String> environment) {
        if (Boolean.parseBoolean(environment.get(DISABLED))) {
            return false;
        }
        String exporter = environment.getOrDefault(EXPORTER, "");
        return exporter.isBlank()
                ? ENDPOINTS.stream()
                        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank())
                : !exporter.equalsIgnoreCase("none");
    }

    /** From here on every worker and client of this process finds it. */
    private static TraceExport start(Map<String, String> environment) {
        Map<String, String> settings = new HashMap<>(DEFAULTS);
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_")) {
                settings.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return new TraceExport(AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> settings)
                .disableShutdownHook()
                .setResultAsGlobal()
                .build()
                .getOpenTelemetrySdk());
    }

    /** Sends what is left, for 10 s at most. */
    @Override
    public void close() {
        sdk.close();
    }
}
