package io.millrace.examples.httpapi;

import io.millrace.examples.Arguments;
import io.millrace.examples.RunId;
import io.millrace.worker.Worker;
import io.millrace.worker.WorkflowContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Starts workflows, waits for a result, cancels one and lists them all over the REST API: what a program does that is not in Java, or is not to talk to
 * Kafka. The worker is as everywhere.
 */
public final class HttpApi {
    private static final String QUEUE = "examples.httpapi";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;

    private HttpApi(String server) {
        this.api = server + "/api/v1";
    }

    /** Runs the example. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = Arguments.options(
                Map.of(Arguments.BOOTSTRAP_SERVERS, "localhost:9092", "--server", "http://localhost:7070"), args);
        try (Worker worker = Worker.builder(options.get(Arguments.BOOTSTRAP_SERVERS))
                .kafka(Arguments.kafka())
                .queue(QUEUE)
                .workflow("greet", String.class, HttpApi::greet)
                .workflow("wait for a letter", String.class, HttpApi::waitForLetter)
                .build()) {
            worker.start();
            new HttpApi(options.get("--server")).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        String run = RunId.of("http");
        String greeting = run + "-greeting";
        String letter = run + "-letter";
        post("/workflows", start("greet", greeting));
        get("/workflows/" + greeting + "/result?wait=PT30S");
        post("/workflows", start("wait for a letter", letter));
        post("/workflows/" + letter + "/cancel", "{\"reason\": \"the post is on strike\"}");
        // 409: it has ended, and without a result.
        get("/workflows/" + letter + "/result?wait=PT30S");
        get("/workflows?order=asc&idPrefix=" + run);
    }

    private static String start(String workflowType, String workflowId) {
        return "{\"name\": \"%s\", \"workflowId\": \"%s\", \"queue\": \"%s\", \"input\": \"Ada\"}"
                .formatted(workflowType, workflowId, QUEUE);
    }

    private void get(String path) throws IOException, InterruptedException {
        System.out.println("GET " + path);
        send(HttpRequest.newBuilder(URI.create(api + path)).GET());
    }

    private void post(String path, String json) throws IOException, InterruptedException {
        System.out.println("POST " + path + " " + json);
        send(HttpRequest.newBuilder(URI.create(api + path))
                // Bodies are JSON and have to say so.
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String token = System.getenv("MILLRACE_TOKEN");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }

    private static String greet(WorkflowContext ctx, String whom) {
        return ctx.step("greet", String.class, () -> "good day, " + whom);
    }

    private static String waitForLetter(WorkflowContext ctx, String from) {
        ctx.sleep(Duration.ofDays(1));
        return "a letter from " + from;
    }
}
