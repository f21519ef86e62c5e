package io.millrace.standalone.crash;

import static org.awaitility.Awaitility.await;

import io.millrace.standalone.crash.ChildProcess.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real registry server, as a process that may be killed: it keeps its schemas in a file. Maven has unpacked it. */
public final class Registry {
    private static final String NAME = "registry";
    private static final Path HOME = Path.of("target/apicurio-registry");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    /** What it calls itself in its own jar. */
    private static final String MAIN = "io.quarkus.runner.GeneratedMain";

    private static final String API = "/apis/ccompat/v7";

    private final Children children;
    private volatile @Nullable ChildProcess process;
    private volatile long logBytesBefore;

    public Registry(Children children) {
        this.children = children;
    }

    /** Opens a party's door, and says where the Confluent API is for it. */
    String url(Network network, String party) {
        return "http://" + network.open(party, NAME, this::port) + API;
    }

    /** Starts it for parties that are never cut off from it, and says where the Confluent API is when it is ready. */
    public String start() {
        startProcess();
        awaitReady();
        return "http://127.0.0.1:" + port().orElseThrow() + API;
    }

    Target start(Network network) {
        return new Target(NAME, this::startProcess, network);
    }

    /** Waits until it answers, and has it see to compatibility, as it should wherever Millrace uses one. */
    void awaitReady() {
        await("the registry to listen").atMost(Stage.PATIENCE).until(() -> port().isPresent());
        URI config = URI.create("http://127.0.0.1:" + port().orElseThrow() + API + "/config");
        HttpRequest rule = HttpRequest.newBuilder(config)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        await("the registry to take its rule")
                .atMost(Stage.PATIENCE)
                .ignoreExceptions()
                .until(() -> http.send(rule, BodyHandlers.ofString()).statusCode() == 200);
    }

    private ChildProcess startProcess() {
        process = null;
        logBytesBefore = log().getBytes(StandardCharsets.UTF_8).length;
        ChildProcess started = children.start(NAME, new Program(MAIN, classPath(), settings()), List.of());
        process = started;
        return started;
    }

    private static String classPath() {
        try (Stream<Path> files = Files.list(HOME)) {
            Path jar = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
            Path testClasses = Path.of(TiedToParent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            return jar.toAbsolutePath() + java.io.File.pathSeparator + testClasses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> settings() {
        return List.of(
                "-Xmx256m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                // It says at this level where it listens.
                "-Dquarkus.log.category.\"io.quarkus\".level=INFO",
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // Its database writes half a second late by default; what it has acknowledged would be lost by a kill.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + children.directory().resolve("registry-db")
                        + ";WRITE_DELAY=0");
    }

    private Optional<Integer> port() {
        ChildProcess now = process;
        if (now == null || !now.isAlive()) {
            return Optional.empty();
        }
        byte[] log = log().getBytes(StandardCharsets.UTF_8);
        int from = (int) Math.min(logBytesBefore, log.length);
        Matcher listening = LISTENING.matcher(new String(log, from, log.length - from, StandardCharsets.UTF_8));
        return listening.find() ? Optional.of(Integer.valueOf(listening.group(1))) : Optional.empty();
    }

    private String log() {
        Path log = children.directory().resolve(NAME + ".log");
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
