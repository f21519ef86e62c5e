package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The control API, as the command line talks to it. */
final class Server {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** The server waits for the engine up to 10 s for each of two requests to it; then it says what is wrong. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    Server(String url) {
        this.url = url;
    }

    /**
     * An answer.
     *
     * @param status its HTTP status, 2xx
     * @param body its text as it came
     */
    record Answer(int status, String body) {
        JsonNode json() {
            return parse(body);
        }
    }

    /** The path of a workflow; its id may hold any character. */
    static String workflowPath(String workflowId) {
        return "/workflows/" + encode(workflowId);
    }

    /** The path of a queue; its name may hold any character. */
    static String queuePath(String queue) {
        return "/queues/" + encode(queue);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path, Duration wait) {
        return send(request(path).timeout(ANSWER_TIMEOUT.plus(wait)).GET().build());
    }

    Answer post(String path, JsonBody body) {
        return post(path, body, Duration.ZERO);
    }

    /** As {@link #post(String, JsonBody)}, where the server may take so much longer. */
    Answer post(String path, JsonBody body, Duration wait) {
        return send(request(path)
                .timeout(ANSWER_TIMEOUT.plus(wait))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toJson()))
                .build());
    }

    Answer put(String path, JsonBody body) {
        return send(request(path)
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toJson()))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path)).header("Accept", "application/json");
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer = new Answer(response.statusCode(), response.body());
            if (answer.status() >= 300) {
                throw problem(answer);
            }
            return answer;
        } catch (ConnectException e) {
            throw new CliException("no server answers at " + url
                    + ". Start one with ./millrace dev, or name another one with --server or MILLRACE_SERVER.");
        } catch (IOException e) {
            throw new CliException("the server at " + url + " did not answer: " + e.getMessage()
                    + ". Check that it is a Millrace server: " + url + "/health/ready");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted");
        }
    }

    private CliException problem(Answer answer) {
        JsonNode problem;
        try {
            problem = MAPPER.readTree(answer.body());
        } catch (JsonProcessingException e) {
            problem = MAPPER.missingNode();
        }
        return problem.path("detail").isTextual()
                ? new RefusedException(problem)
                : new CliException("the server at " + url + " answered " + answer.status()
                        + ". Check that it is a Millrace server.");
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CliException("the server's answer is no JSON: " + e.getOriginalMessage());
        }
    }
}
