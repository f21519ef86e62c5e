package io.millrace.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TraceExportTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private final PartStack running = new PartStack();

    @BeforeEach
    @AfterEach
    void forget() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void shouldSendSpansToTheCollectorThatTheEnvironmentNames() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            String url = "http://127.0.0.1:" + collector.getAddress().getPort();
            TraceExport.startIfAsked(running, Map.of(ENDPOINT, url, "OTEL_EXPORTER_OTLP_COMPRESSION", "none"));
            GlobalOpenTelemetry.get()
                    .getTracer("test")
                    .spanBuilder("run demo.steps")
                    .startSpan()
                    .end();
            running.close();
        } finally {
            collector.stop(0);
        }

        assertEquals(1, received.size());
        assertTrue(received.get(0).contains("run demo.steps"), received.get(0));
        assertTrue(received.get(0).contains("millrace"), received.get(0));
    }

    @Test
    void shouldStartNothingUnlessItIsAskedFor() throws Exception {
        TraceExport.startIfAsked(running, Map.of("OTEL_SERVICE_NAME", "shop"));

        assertFalse(GlobalOpenTelemetry.isSet());
    }

    @Test
    void shouldLeaveAnAgentItsPlace() throws Exception {
        OpenTelemetry agent = OpenTelemetry.noop();
        GlobalOpenTelemetry.set(agent);

        TraceExport.startIfAsked(running, Map.of(ENDPOINT, "http://127.0.0.1:1"));

        assertEquals(agent.getTracerProvider(), GlobalOpenTelemetry.get().getTracerProvider());
    }

    @Test
    void shouldBeAskedForByADestination() {
        assertTrue(TraceExport.isAskedFor(Map.of(ENDPOINT, "http://collector:4318")));
        assertTrue(TraceExport.isAskedFor(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector/traces")));
        assertTrue(TraceExport.isAskedFor(Map.of("OTEL_TRACES_EXPORTER", "otlp")));
        assertFalse(TraceExport.isAskedFor(Map.of()));
        assertFalse(TraceExport.isAskedFor(Map.of(ENDPOINT, " ")));
        assertFalse(TraceExport.isAskedFor(Map.of(ENDPOINT, "http://collector", "OTEL_TRACES_EXPORTER", "none")));
        assertFalse(TraceExport.isAskedFor(Map.of(ENDPOINT, "http://collector", "OTEL_SDK_DISABLED", "true")));
    }
}
