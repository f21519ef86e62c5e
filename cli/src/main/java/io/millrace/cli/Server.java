package io.millrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The control API, as the command line talks to it. */
final class Server {
    /** The server waits for the engine up to 10 s for each of two requests to it; then it says what is wrong. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final Http http;

    Server(Http http) {
        this.http = http;
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

    Http http() {
        return http;
    }

    Answer get(String path, Duration wait) {
        return send("GET", path, null, wait);
    }

    Answer post(String path, JsonBody body) {
        return post(path, body, Duration.ZERO);
    }

    /** As {@link #post(String, JsonBody)}, where the server may take so much longer. */
    Answer post(String path, JsonBody body, Duration wait) {
        return send("POST", path, body.toJson(), wait);
    }

    Answer put(String path, JsonBody body) {
        return send("PUT", path, body.toJson(), Duration.ZERO);
    }

    private Answer send(String method, String path, @Nullable String body, Duration wait) {
        try {
            Http.Response response = http.send(method, path, body, ANSWER_TIMEOUT.plus(wait));
            if (response.status() >= 300) {
                throw problem(response);
            }
            return new Answer(response.status(), response.body());
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private CliException noAnswer(IOException error) {
        String url = http.url();
        if (error instanceof ConnectException) {
            return new CliException("no server answers at " + url
                    + ". Start one with ./millrace dev, or name another one with --server or MILLRACE_SERVER.");
        } else if (error instanceof UnknownHostException) {
            return new CliException(
                    "there is no host of that name: " + error.getMessage() + ". Check --server, or MILLRACE_SERVER.");
        } else if (error instanceof SSLException) {
            return new CliException(
                    "no secure connection to " + url + " could be made: " + error.getMessage()
                            + ". Where the server has a certificate of your own authority, name that with --ca-file; where it has none, write http://.");
        } else if (error instanceof SocketTimeoutException) {
            return new CliException("the server at " + url + " did not answer in time. See whether it is well: " + url
                    + "/health/ready");
        }
        return new CliException("what is at " + url + " did not answer as a Millrace server does (" + error.getMessage()
                + "). The API has a port of its own, 7070 unless set: check --server, or MILLRACE_SERVER.");
    }

    private CliException problem(Http.Response response) {
        JsonNode problem;
        try {
            problem = Json.parse(response.body());
        } catch (JsonProcessingException e) {
            problem = MissingNode.getInstance();
        }
        if (problem.path("detail").isTextual()) {
            return new RefusedException(problem, response.retryAfter(), http.hasToken());
        }
        return new CliException("what is at " + http.url() + " answered " + response.status()
                + " and is no Millrace server. Check --server, or MILLRACE_SERVER.");
    }

    private static JsonNode parse(String body) {
        try {
            return Json.parse(body);
        } catch (JsonProcessingException e) {
            throw new CliException("the answer is no JSON, so this is no Millrace server (" + e.getOriginalMessage()
                    + "). Check --server, or MILLRACE_SERVER.");
        }
    }
}
