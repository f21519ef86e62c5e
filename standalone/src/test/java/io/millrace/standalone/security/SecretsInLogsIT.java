package io.millrace.standalone.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.access.ApiToken;
import io.millrace.standalone.Main;
import io.millrace.standalone.broker.BrokerConfig;
import io.millrace.standalone.broker.EmbeddedBroker;
import io.millrace.standalone.crash.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server process that says as much as it can: nothing of it is a secret. */
final class SecretsInLogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldLogNeitherTokensNorPasswords() throws Exception {
        ApiToken known = ApiToken.random();
        ApiToken unknown = ApiToken.random();
        Path tokens = Files.writeString(directory.resolve("tokens"), "alice viewer " + known.hash() + "\n");
        try (EmbeddedBroker broker = EmbeddedBroker.start(
                BrokerConfig.ephemeral().withAuthorization("admin", Map.of("admin", "KafkaPassword1")))) {
            Path kafka = Files.writeString(directory.resolve("kafka.properties"), """
                    security.protocol=SASL_PLAINTEXT
                    sasl.mechanism=PLAIN
                    sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" \\
                        password="KafkaPassword1";
                    basic.auth.credentials.source=USER_INFO
                    basic.auth.user.info=registry:RegistryPassword1
                    """);
            int port = FreePorts.take(1).get(0);
            Process server = start(broker.bootstrapServers(), tokens, kafka, port);
            try {
                awaitAnswers(port, server);
                assertEquals(200, ask(port, "/api/v1/me", known.secret()));
                assertEquals(403, ask(port, "/api/v1/workflows/w/cancel", known.secret()));
                assertEquals(401, ask(port, "/api/v1/workflows", unknown.secret()));
                assertEquals(401, ask(port, "/api/v1/workflows", "a.b.TokenOfSomebody1"));
                assertEquals(400, ask(port, "/api/v1/workflows?access_token=" + known.secret(), known.secret()));
            } finally {
                server.destroy();
                server.waitFor();
            }
        }

        String log = Files.readString(directory.resolve("server.log"));
        assertTrue(log.contains("DEBUG"), "the log says as much as it can");
        for (String secret :
                List.of(known.secret(), unknown.secret(), "TokenOfSomebody1", "KafkaPassword1", "RegistryPassword1")) {
            assertFalse(log.contains(secret), () -> lineWith(log, secret));
        }
    }

    private static String lineWith(String log, String secret) {
        return log.lines().filter(line -> line.contains(secret)).findFirst().orElse("");
    }

    private void awaitAnswers(int port, Process server) {
        Awaitility.await("the server")
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(error -> error instanceof IOException && server.isAlive())
                .until(() -> ask(port, "/health/live", "none") == 200);
    }

    private int ask(int port, String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
        if (path.endsWith("/cancel")) {
            request.POST(HttpRequest.BodyPublishers.noBody());
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private Process start(String kafkaServers, Path tokens, Path kafka, int port) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dmillrace.log.level=debug",
                // Kafka prints its settings at this level, and at the next one whatever it polls.
                "-Dmillrace.log.kafka.level=info",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "server"));
        command.addAll(List.of("--bootstrap-servers", kafkaServers, "--kafka-config", kafka.toString()));
        command.addAll(List.of("--tokens", tokens.toString(), "--host", "0.0.0.0"));
        command.addAll(List.of("--port", Integer.toString(port), "--replication-factor", "1"));
        command.addAll(List.of("--data", directory.resolve("engine").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.log").toFile())
                .start();
    }
}
