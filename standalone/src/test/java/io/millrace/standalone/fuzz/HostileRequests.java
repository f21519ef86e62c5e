package io.millrace.standalone.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hostile requests to every operation of the API's document. Number n of a seed is always the same. Thread-safe. */
final class HostileRequests {
    /** Longer than the longest wait that is asked for, and than the API waits for the engine. */
    private static final Duration HANGS = Duration.ofSeconds(60);

    private static final Set<String> METHODS = Set.of("get", "post", "put");
    private static final List<String> WRONG_METHODS =
            List.of("DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FOO", "POST");
    private static final List<String> WAITS = List.of("PT0S", "PT0.2S", "-PT5S", "P1000Y", "PT", "soon", "");

    private static final int ATTEMPTS = 3;

    /** An answer that the document allows to say that the engine did not answer in time. */
    private static final int UNAVAILABLE = 503;

    private final long seed;
    private final int port;
    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

    private record Operation(String method, String path, JsonNode description) {}

    HostileRequests(long seed, int port) throws IOException, InterruptedException {
        this.seed = seed;
        this.port = port;
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base() + "/openapi.json")).build();
        this.document = HostileBodies.document(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        operations.add(new Operation(operation.getKey(), path.getKey(), operation.getValue()));
                    }
                }));
    }

    private String base() {
        return "http://127.0.0.1:" + port;
    }

    /** How often each status was answered. */
    Map<Integer, Integer> statuses() {
        return statuses;
    }

    /** Sends one, and fails unless it is answered as the document has it. */
    void send(long number) throws IOException, InterruptedException {
        Random random = new Random(seed * 31 + number);
        if (random.nextInt(30) == 0) {
            sendNoise(number, random);
            return;
        }
        Operation operation = operations.get(random.nextInt(operations.size()));
        HttpRequest request = request(operation, random);
        String what = "input " + number + ": " + request.method() + " " + request.uri() + " "
                + request.headers().map();
        check(what, request, answer(request, what));
    }

    /**
     * The answer. A connection that was kept may be one that the server has closed behind its last answer, as it does behind a request that
     * came in too slowly: the client finds that out only when it sends the next one, and may not send a POST again by itself.
     */
    private HttpResponse<InputStream> answer(HttpRequest request, String what) throws InterruptedException {
        IOException last = new IOException();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            } catch (HttpTimeoutException e) {
                throw new AssertionError(what + " is not answered within " + HANGS, e);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new AssertionError(
                what + " with " + request.bodyPublisher().orElseThrow().contentLength() + " bytes has no answer", last);
    }

    private void check(String what, HttpRequest request, HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        statuses.merge(status, 1, Integer::sum);
        try (InputStream body = response.body()) {
            if (status < 400) {
                return; // a stream of events does not end by itself
            }
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            String said =
                    what + " is answered " + status + " " + response.headers().map() + ": " + text;
            if (status >= 500 && status != UNAVAILABLE) {
                throw new AssertionError(said);
            }
            boolean probe = request.uri().getPath().startsWith("/health/");
            if (!request.method().equals("HEAD") && !probe && !HostileBodies.isProblem(text, status)) {
                throw new AssertionError(said + " which is no problem document");
            }
        }
    }

    private HttpRequest request(Operation operation, Random random) {
        boolean looks = operation.method.equals("get");
        String method = random.nextInt(12) == 0
                ? WRONG_METHODS.get(random.nextInt(WRONG_METHODS.size()))
                : operation.method.toUpperCase(java.util.Locale.ROOT);
        JsonNode schema = operation.description.at("/requestBody/content/application~1json/schema");
        HttpRequest.BodyPublisher body = schema.isMissingNode() && random.nextInt(10) > 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(new HostileBodies(document, random).of(schema));
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base()
                        + path(operation, random)
                        + (looks || random.nextInt(10) == 0 ? query(operation, random) : "")))
                .timeout(HANGS)
                .method(method, body);
        headers(builder, random);
        return builder.build();
    }

    private static void headers(HttpRequest.Builder builder, Random random) {
        builder.header("Content-Type", random.nextInt(10) == 0 ? "text/xml; charset=x" : "application/json");
        List<String> names = List.of(
                "Accept",
                "Millrace-Issuer",
                "Last-Event-ID",
                "traceparent",
                "Authorization",
                "Cookie",
                "X-Odd",
                "Accept-Encoding");
        if (random.nextInt(3) == 0) {
            String value =
                    random.nextBoolean() ? "x".repeat(1 + random.nextInt(6_000)) : "00-%00;,\"{}=" + random.nextLong();
            builder.header(names.get(random.nextInt(names.size())), value);
        }
    }

    private static String path(Operation operation, Random random) {
        String path = operation.path;
        for (String parameter : List.of("id", "queue", "key")) {
            String value =
                    random.nextInt(5) == 0 ? HostileNames.impossible(random) : HostileNames.named(parameter, random);
            path = path.replace("{" + parameter + "}", encoded(value));
        }
        return random.nextInt(25) == 0 ? path + "/" + encoded(HostileNames.impossible(random)) : path;
    }

    private String query(Operation operation, Random random) {
        StringBuilder query = new StringBuilder("?");
        for (JsonNode reference : operation.description.path("parameters")) {
            JsonNode parameter = reference.has("$ref")
                    ? document.at(reference.get("$ref").asText().substring(1))
                    : reference;
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                String name = parameter.get("name").asText();
                query.append(name)
                        .append('=')
                        .append(encoded(valueOf(name, random)))
                        .append('&');
            }
        }
        return query + (random.nextInt(10) == 0 ? "unknown=1" : "");
    }

    private static String valueOf(String name, Random random) {
        if (random.nextInt(6) == 0) {
            return HostileNames.impossible(random);
        }
        return switch (name) {
            case "wait" -> WAITS.get(random.nextInt(WAITS.size()));
            case "limit", "from" -> String.valueOf(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(100));
            case "status" -> random.nextBoolean() ? "COMPLETED,RUNNING" : "completed;drop";
            case "createdAfter", "createdBefore" -> random.nextBoolean() ? "2026-01-01T00:00:00Z" : "-999999999-01-01";
            case "order" -> "asc";
            default -> HostileNames.named(name, random);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What no client sends: the server may say what it likes or nothing, but it is to let go. */
    private void sendNoise(long number, Random random) throws IOException {
        byte[] noise = new byte[random.nextInt(20_000)];
        random.nextBytes(noise);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) HANGS.toMillis());
            try {
                if (random.nextBoolean()) {
                    socket.getOutputStream()
                            .write("GET /api/v1/workflows HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                socket.getOutputStream().write(noise);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (SocketException e) {
                return; // it was cut off in the middle, which is an answer
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("input " + number + ": the server holds a connection of noise open", e);
        }
    }
}
