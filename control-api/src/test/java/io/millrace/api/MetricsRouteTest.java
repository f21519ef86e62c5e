package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.schemas.WorkflowStatus;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsRouteTest extends ApiTest {
    @Test
    void shouldShowEachQueueInThePrometheusTextFormat() throws Exception {
        start("a", "b");
        engine.workflow("a").setStatus(WorkflowStatus.RUNNING);
        put("/queues/say%20%22hi%22", "{\"concurrency\": 4}");

        HttpResponse<String> response = send(request("/metrics").build());

        assertEquals(200, response.statusCode());
        assertTrue(
                response.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain; version=0.0.4"),
                response.headers().toString());
        Set<String> lines = response.body().lines().collect(Collectors.toSet());
        for (String line : new String[] {
            "# TYPE millrace_engine_up gauge",
            "millrace_engine_up 1.0",
            "millrace_workflows{status=\"running\"} 1.0",
            "millrace_workflows{status=\"failed\"} 0.0",
            "# TYPE millrace_queue_depth gauge",
            "# HELP millrace_queue_depth Workflows that wait for a worker.",
            "millrace_queue_depth{queue=\"default\"} 1.0",
            "millrace_queue_running{queue=\"default\"} 1.0",
            "millrace_queue_depth{queue=\"say \\\"hi\\\"\"} 0.0",
            "millrace_queue_slots_held{queue=\"say \\\"hi\\\"\"} 0.0",
            "millrace_queue_concurrency_limit{queue=\"say \\\"hi\\\"\"} 4.0",
            "millrace_queue_oldest_age_seconds{queue=\"say \\\"hi\\\"\"} 0.0",
            "millrace_queue_begun_per_minute{queue=\"default\"} 3.0",
            "millrace_queue_ended_per_minute{queue=\"default\"} 2.0",
        }) {
            assertTrue(lines.contains(line), () -> line + " is not in\n" + response.body());
        }
        assertTrue(response.body().contains("millrace_queue_oldest_age_seconds{queue=\"default\"} "), response.body());
        assertFalse(response.body().contains("millrace_queue_slots_held{queue=\"default\"}"), response.body());
    }

    @Test
    void shouldSpeakOpenMetricsToWhoeverAsksForIt() throws Exception {
        HttpResponse<String> response = send(request("/metrics")
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .build());

        assertTrue(
                response.headers().firstValue("Content-Type").orElseThrow().startsWith("application/openmetrics-text"),
                response.headers().toString());
        assertTrue(response.body().endsWith("# EOF\n"), response.body());
    }

    @Test
    void shouldSayThatTheEngineDoesNotAnswerInsteadOfFailing() throws Exception {
        engine.fallSilent();

        HttpResponse<String> response = send(request("/metrics").build());

        assertEquals(200, response.statusCode());
        assertTrue(response.body().contains("millrace_engine_up 0.0\n"), response.body());
        assertFalse(response.body().contains("millrace_queue"), response.body());
        assertFalse(response.body().contains("millrace_workflows"), response.body());
    }
}
