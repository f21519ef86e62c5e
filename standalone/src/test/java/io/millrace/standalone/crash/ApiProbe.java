package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Looks at Millrace as a user with a browser does. */
final class ApiProbe {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;

    ApiProbe(String url) {
        this.url = url;
    }

    /** Waits until the API says that Millrace can be used. */
    void awaitReady() {
        await("the API to be ready")
                .atMost(Stage.PATIENCE)
                .ignoreExceptions()
                .until(() -> send(request("/health/ready")).statusCode() == OK);
    }

    JsonNode workflow(String workflowId) throws IOException, InterruptedException {
        return get("/api/v1/workflows/" + workflowId);
    }

    JsonNode queue(String name) throws IOException, InterruptedException {
        return get("/api/v1/queues/" + name);
    }

    void start(String body) throws IOException, InterruptedException {
        HttpRequest.Builder post = request("/api/v1/workflows")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = send(post);
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(send(request(path)).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
