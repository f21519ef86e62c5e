package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationsServerTest {
    private static final int SCRAPES_AT_ONCE = 8;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private Readiness live = Readiness.yes();
    private Readiness ready = Readiness.yes();
    private final OperationsServer server =
            OperationsServer.start("127.0.0.1", 0, new Operations(() -> live, () -> ready, registry));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void shouldServeWhatTheProcessMeasures() throws Exception {
        Counter.builder()
                .name("things_total")
                .help("Things.")
                .register(registry)
                .inc(3);

        HttpResponse<String> response = get("/metrics");

        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("\nthings_total 3.0\n"), response.body());
    }

    @Test
    void shouldServeManyScrapesAtOnceWhileIsCounted() throws Exception {
        Counter counter = Counter.builder()
                .name("things_total")
                .help("Things.")
                .labelNames("kind")
                .register(registry);
        List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
        for (int i = 0; i < SCRAPES_AT_ONCE; i++) {
            counter.labelValues("kind-" + i).inc();
            scrapes.add(http.sendAsync(request("/metrics"), HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> scrape : scrapes) {
            assertTrue(scrape.get().body().contains("things_total{kind=\"kind-0\"} 1.0\n"));
        }
    }

    @Test
    void shouldSayWhyItIsNotReadyAndStillLive() throws Exception {
        ready = Readiness.notYet("partition 2 is restored: 1,234 records left");

        assertEquals(200, get("/health/live").statusCode());
        HttpResponse<String> response = get("/health/ready");
        assertEquals(503, response.statusCode());
        assertTrue(response.body().contains("partition 2 is restored: 1,234 records left"), response.body());
    }

    @Test
    void shouldSayWhyItIsToBeRestarted() throws Exception {
        live = Readiness.notYet("no stream thread is left");

        HttpResponse<String> response = get("/health/live");
        assertEquals(503, response.statusCode());
        assertTrue(response.body().contains("no stream thread is left"), response.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }
}
