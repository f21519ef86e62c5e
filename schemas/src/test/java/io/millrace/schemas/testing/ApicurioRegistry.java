package io.millrace.schemas.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real registry server in a process of its own, on a free loopback port, in memory. Maven has unpacked it. Its rule for
 * all subjects is FULL_TRANSITIVE, as it should be wherever Millrace uses one; on its own it has none.
 *
 * <p>One server serves all tests of a JVM, because it takes ten seconds to start; it ends with the JVM.
 */
public final class ApicurioRegistry {
    /** Started when first asked for. */
    private static final class Shared {
        static final ApicurioRegistry REGISTRY = start();
    }

    private static final Path HOME = Path.of("target/apicurio-registry");
    private static final Path LOG = Path.of("target/apicurio-registry.log");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final String url;

    private ApicurioRegistry(String address) {
        this.url = address + "/apis/ccompat/v7";
    }

    /** The server that all tests share. */
    public static ApicurioRegistry shared() {
        return Shared.REGISTRY;
    }

    /** Starts a server and waits until it answers. */
    private static ApicurioRegistry start() {
        Process process = startProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            await().atMost(START_LIMIT)
                    .until(() -> !process.isAlive() || LISTENING.matcher(log()).find());
            Matcher listening = LISTENING.matcher(log());
            if (!listening.find()) {
                throw new IllegalStateException("the registry server did not start: see " + LOG.toAbsolutePath());
            }
            ApicurioRegistry registry = new ApicurioRegistry(listening.group(1));
            registry.setGlobalRule();
            return registry;
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Process startProcess() {
        try (Stream<Path> files = Files.list(HOME)) {
            Path jar = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=0",
                            // It says at this level where it listens.
                            "-Dquarkus.log.category.\"io.quarkus\".level=INFO",
                            "-jar",
                            jar.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String log() {
        try {
            return Files.readString(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void setGlobalRule() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the registry server refused its rule: " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Where its Confluent API is. */
    public String url() {
        return url;
    }
}
