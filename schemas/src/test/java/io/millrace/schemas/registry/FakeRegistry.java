package io.millrace.schemas.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A registry server on loopback that answers what a test tells it to, and remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {
    static {
        // Else each answer waits 40 ms for the client's delayed acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What one request was. */
    record Request(String method, String path, @Nullable String authorization, String body) {}

    /** What to answer. A status of 0 hangs up without an answer. */
    record Reply(int status, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Runnable beforeReply = () -> {};
    private volatile Reply otherwise = new Reply(200, "{\"id\":7}");

    FakeRegistry() {
        this(loopback());
    }

    FakeRegistry(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer loopback() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    body));
            beforeReply.run();
            Reply next = replies.poll();
            Reply reply = next == null ? otherwise : next;
            if (reply.status() == 0) {
                return;
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The next answers, one each. */
    FakeRegistry then(int status, String body) {
        replies.add(new Reply(status, body));
        return this;
    }

    /** The answer when there is no next one. */
    FakeRegistry otherwise(int status, String body) {
        otherwise = new Reply(status, body);
        return this;
    }

    /** Runs before each answer, in a thread of the server. */
    FakeRegistry beforeReply(Runnable action) {
        beforeReply = action;
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    String authority() {
        return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    String url() {
        return "http://" + authority();
    }

    /** A client of this server that does not wait long between its attempts. */
    SchemaRegistryClient client() {
        return client(Map.of("schema.registry.url", url()));
    }

    static SchemaRegistryClient client(Map<String, ?> config) {
        Map<String, Object> all = new HashMap<>(Map.of("retries.wait.ms", 1, "retries.max.wait.ms", 2));
        all.putAll(config);
        return new SchemaRegistryClient(RegistrySettings.from(all).orElseThrow());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
