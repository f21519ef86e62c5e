package io.millrace.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Runs typical commands against a server of its own, so that Java can keep the classes that they load for the next start: the launcher runs
 * it with {@code -XX:ArchiveClassesAtExit}, see ADR 0019. It needs nothing but a free port on the loopback address, and prints nothing.
 */
final class TrainingRun {
    private static final String WORKFLOW =
            "{\"workflowId\":\"w\",\"name\":\"t\",\"status\":\"COMPLETED\",\"queue\":\"q\",\"input\":{\"n\":1.5},\"output\":[true,null],"
                    + "\"error\":{\"type\":\"E\",\"message\":\"m\"},\"stepCount\":1,\"createdAt\":\"2026-01-01T00:00:00Z\",\"attributes\":{}}";

    private static final List<List<String>> COMMANDS = List.of(
            List.of("workflow", "list", "--color", "always"),
            List.of("workflow", "list", "-o", "json"),
            List.of("workflow", "get", "w"),
            List.of("workflow", "get", "w", "--watch"),
            List.of("workflow", "steps", "w"),
            List.of("workflow", "start", "t", "--input", "{\"n\":1}", "--wait"),
            List.of("workflow", "cancel", "w"),
            List.of("workflow", "get", "unknown"),
            List.of("queue", "list"),
            List.of("worker", "list"),
            List.of("workflow", "list", "--help"),
            List.of("--help"));

    private TrainingRun() {}

    /** Without arguments. */
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", TrainingRun::answer);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            for (List<String> words : COMMANDS) {
                String[] command = words.toArray(String[]::new);
                MillraceCli.commandLine(new SystemTerminal(), command)
                        .setOut(nowhere)
                        .setErr(nowhere)
                        .setDefaultValueProvider(option -> option instanceof OptionSpec named
                                        && named.longestName().equals("--server")
                                ? url
                                : null)
                        .execute(command);
            }
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean unknown = path.endsWith("/unknown") || path.endsWith("/events");
        String body = unknown
                ? "{\"status\":404,\"detail\":\"there is none\",\"workflowId\":\"unknown\"}"
                : path.endsWith("/w") || path.endsWith("/result") || path.endsWith("/cancel")
                        ? WORKFLOW
                        : "{\"items\":[" + WORKFLOW + "]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(unknown ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
