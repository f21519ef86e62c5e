package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Looks at Millrace, and tells it what to do, as a user with a browser does. */
public final class ApiProbe {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;

    public ApiProbe(String url) {
        this.url = url;
    }

    /**
     * What was answered.
     *
     * @param status of HTTP
     * @param body also of a refusal
     */
    public record Answer(int status, JsonNode body) {
        public boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The body, where it is no refusal; anything else is not what the test is about. */
        public JsonNode expected() {
            if (!isSuccess()) {
                throw new IllegalStateException(status + " " + body);
            }
            return body;
        }
    }

    /** Waits until the API says that Millrace can be used. */
    public void awaitReady() {
        await("the API to be ready")
                .atMost(Stage.PATIENCE)
                .ignoreExceptions()
                .until(() -> send(request("/health/ready")).statusCode() == OK);
    }

    public JsonNode workflow(String workflowId) {
        return get("/workflows/" + inPath(workflowId)).body();
    }

    public JsonNode queue(String name) {
        return get("/queues/" + inPath(name)).body();
    }

    public Answer start(String body) {
        return post("/workflows", body);
    }

    /** The path is what stands behind the API's prefix. */
    public Answer get(String path) {
        return call("GET", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String body) {
        return call("POST", path, BodyPublishers.ofString(body));
    }

    public Answer put(String path, String body) {
        return call("PUT", path, BodyPublishers.ofString(body));
    }

    /** A name as it stands in a path. */
    public static String inPath(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer call(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .method(method, body);
        try {
            HttpResponse<String> answer = send(request);
            return new Answer(answer.statusCode(), json.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
