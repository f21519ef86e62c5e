package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.process.Workspace;
import io.millrace.benchmarks.process.JavaProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LittleHorse: its server, a process of its own, on the same broker as Millrace's.
 *
 * @param home the directory of the comparison
 */
public record LittleHorseContender(Path home) implements Contender {
    /** Its name. */
    public static final String NAME = "littlehorse";

    private static final String PEER = "io.millrace.benchmarks.compare.littlehorse.LittleHorsePeer";
    private static final String SERVER = "io.littlehorse.App";
    private static final int LEAST_JAVA = 25;

    /** As many as Millrace has; LittleHorse's own 12 are for more machines than one. */
    private static final int PARTITIONS = 4;

    /**
     * Each worker thread has one task under way, from the question for one until it is handed back; the client's default is 2. So many did best
     * of those tried: see the README.
     */
    private static final int WORKER_THREADS = 16;

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Mode> modes() {
        return List.of(Mode.DISPATCHED);
    }

    @Override
    public String durability() {
        return "On the same broker as Millrace without flushes, and so the same: what is acknowledged survives the death of every process, but not of the"
                + " machine.";
    }

    @Override
    public String remarks() {
        return "Tasks always run in a worker that takes them from the server, so there is no eager mode. A workflow is a specification on the server; its"
                + " last node throws an event that the caller waits for (`awaitWorkflowEvent`). " + PARTITIONS
                + " partitions like Millrace, and " + WORKER_THREADS
                + " worker threads instead of 2, each with one task under way, which did best of those tried (see the README); all else by default.";
    }

    @Override
    public Optional<String> missing() {
        if (Runtime.version().feature() < LEAST_JAVA) {
            return Optional.of("LittleHorse's server needs Java " + LEAST_JAVA + ", and this is "
                    + Runtime.version().feature() + ": install a JDK " + LEAST_JAVA
                    + " under /usr/lib/jvm, or set JAVA25_HOME to one");
        }
        if (!Files.isDirectory(home.resolve("littlehorse/target/server"))) {
            return Optional.of("LittleHorse's server is not here: run this once with access to Maven Central");
        }
        return module().missing("LittleHorse");
    }

    @Override
    public String versions() {
        return "LittleHorse server " + module().version("target/server", "littlehorse-server") + ", client "
                + module().version("target/lib", "littlehorse-client") + ", " + KafkaServer.version();
    }

    @Override
    public Map<String, String> startServers(Workspace workspace) throws IOException, InterruptedException {
        String address = KafkaServer.start(workspace, List.of());
        int port = Workspace.freePort();
        int health = Workspace.freePort();
        JavaProgram server = EqualTerms.theirs(
                module().classPath("target/server/*"), settings(address, workspace, port, health), List.of(SERVER));
        workspace.start("littlehorse", server);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + health + "/readiness"))
                .timeout(LONGEST_ANSWER)
                .build();
        Readiness.await("server of LittleHorse", workspace, () -> ready(client, question));
        return Map.of(
                "LHC_API_HOST",
                "localhost",
                "LHC_API_PORT",
                Integer.toString(port),
                "LHW_NUM_WORKER_THREADS",
                Integer.toString(WORKER_THREADS));
    }

    @Override
    public JavaProgram driver(List<String> arguments) {
        return module().driver(arguments);
    }

    private static Map<String, String> settings(String kafka, Workspace workspace, int port, int health)
            throws IOException {
        int internal = Workspace.freePort();
        Map<String, String> settings = new HashMap<>();
        settings.put("LHS_KAFKA_BOOTSTRAP_SERVERS", kafka);
        settings.put("LHS_CLUSTER_ID", "compare");
        settings.put("LHS_INSTANCE_ID", "1");
        settings.put("LHS_REPLICATION_FACTOR", "1");
        settings.put("LHS_CLUSTER_PARTITIONS", Integer.toString(PARTITIONS));
        settings.put("LHS_SHOULD_CREATE_TOPICS", "true");
        settings.put("LHS_STREAMS_NUM_STANDBY_REPLICAS", "0");
        settings.put(
                "LHS_STATE_DIR",
                workspace.directory().resolve("littlehorse-state").toString());
        settings.put("LHS_HEALTH_SERVICE_PORT", Integer.toString(health));
        settings.put("LHS_INTERNAL_BIND_PORT", Integer.toString(internal));
        settings.put("LHS_INTERNAL_ADVERTISED_HOST", "localhost");
        settings.put("LHS_INTERNAL_ADVERTISED_PORT", Integer.toString(internal));
        settings.put("LHS_LISTENERS", "PLAIN:" + port);
        settings.put("LHS_LISTENERS_PROTOCOL_MAP", "PLAIN:PLAIN");
        settings.put("LHS_ADVERTISED_LISTENERS", "PLAIN://localhost:" + port);
        return settings;
    }

    private static boolean ready(HttpClient client, HttpRequest question) throws InterruptedException {
        try {
            return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private PeerModule module() {
        return new PeerModule(home.resolve("littlehorse"), PEER);
    }
}
