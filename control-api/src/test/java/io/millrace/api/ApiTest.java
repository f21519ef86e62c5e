package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.api.access.AccessConfig;
import io.millrace.client.MillraceClient;
import io.millrace.schemas.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;

/** A real server over a fake engine, and a real HTTP client. */
abstract class ApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final FakeEngine engine = new FakeEngine();
    final MillraceClient client = MillraceClient.builder().over(engine);
    Readiness readiness = Readiness.yes();
    final ApiServer api;
    final HttpClient http = HttpClient.newHttpClient();

    ApiTest() {
        this(ApiConfig.defaults().access());
    }

    ApiTest(AccessConfig access) {
        api = ApiServer.start(ApiConfig.defaults().withPort(0).withAccess(access), client, () -> readiness);
    }

    @AfterEach
    void close() {
        api.close();
        client.close();
    }

    final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .timeout(PATIENCE);
    }

    final HttpResponse<String> get(String path) throws Exception {
        return send(request("/api/v1" + path).build());
    }

    final HttpResponse<String> post(String path, String body) throws Exception {
        return send(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    final HttpResponse<String> put(String path, String body) throws Exception {
        return send(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    final HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    final void start(String... workflowIds) throws Exception {
        for (String workflowId : workflowIds) {
            post("/workflows", "{\"name\": \"t\", \"workflowId\": \"" + workflowId + "\"}");
        }
    }

    /** The last command that reached a workflow. */
    final Command command(String workflowId) {
        return Objects.requireNonNull(engine.lastCommand(workflowId), "no command came");
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElseThrow(),
                response.body());
        return MAPPER.readTree(response.body());
    }

    static JsonNode json(int status, HttpResponse<String> response) throws IOException {
        assertEquals(status, response.statusCode(), response.body());
        return json(response);
    }

    static JsonNode problem(int status, HttpResponse<String> response) throws IOException {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElseThrow());
        JsonNode problem = MAPPER.readTree(response.body());
        assertEquals(status, problem.get("status").asInt());
        assertFalse(problem.get("title").asText().isBlank()
                || problem.get("detail").asText().isBlank());
        return problem;
    }
}
