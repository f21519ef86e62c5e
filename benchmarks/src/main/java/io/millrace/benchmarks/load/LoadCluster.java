package io.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the load goes: a broker and an engine of its own, each a process, or those that run elsewhere. And a directory for the logs. */
final class LoadCluster implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final List<String> BROKER_JAVA = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private final LoadPlan plan;
    private final Path directory;
    private @Nullable JavaProcess broker;
    private @Nullable JavaProcess engine;
    private String bootstrapServers;

    private LoadCluster(LoadPlan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
        this.bootstrapServers = plan.options().bootstrapServers == null ? "" : plan.options().bootstrapServers;
    }

    static LoadCluster start(LoadPlan plan) throws IOException {
        Path given = plan.own().data;
        Path directory = given == null
                ? Files.createTempDirectory("millrace-load-")
                : Files.createDirectories(given.toAbsolutePath().normalize());
        LoadCluster cluster = new LoadCluster(plan, directory);
        if (plan.selfContained()) {
            try {
                cluster.startBroker();
                cluster.startEngine();
            } catch (IOException | RuntimeException e) {
                cluster.close();
                throw e;
            }
        }
        return cluster;
    }

    /** Where Kafka is. */
    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Where the logs of all processes are. */
    Path directory() {
        return directory;
    }

    void startEngine() {
        List<String> java = new ArrayList<>(List.of("-Xmx" + plan.own().engineHeap, "-XX:+UseParallelGC"));
        Arrays.stream(plan.own().engineJavaOpts.split(" "))
                .filter(each -> !each.isBlank())
                .forEach(java::add);
        List<String> program = new ArrayList<>(List.of(
                EngineProcess.class.getName(),
                bootstrapServers,
                plan.options().namespace,
                engineState().toString(),
                Integer.toString(plan.own().partitions)));
        plan.own().engineKafka.forEach((key, value) -> program.add(key + "=" + value));
        engine = JavaProcess.start("engine", directory, java, program);
    }

    /** Stops it in order. */
    void stopEngine() throws InterruptedException {
        ownEngine().stop();
    }

    /** Kills it, and deletes all that it has on disk: everything has to come back from Kafka. */
    void destroyEngine() throws IOException {
        ownEngine().kill();
        delete(engineState());
    }

    /** Throws when one of its processes has ended by itself. */
    void requireAlive() {
        processes().forEach(JavaProcess::requireAlive);
    }

    /** Notes what its processes hold. */
    void lookAt(ResidentMemory memory) {
        processes().forEach(process -> memory.look(process.name(), process.pid()));
    }

    /** Processor time that each of its processes has taken, in nanoseconds, by name. */
    Map<String, Long> cpuNanos() {
        return processes().stream().collect(Collectors.toMap(JavaProcess::name, JavaProcess::cpuNanos));
    }

    /** Ends its processes, and deletes what the user did not ask to keep; the logs stay where something went wrong. */
    @Override
    public void close() throws IOException {
        processes().forEach(JavaProcess::kill);
        if (plan.own().data == null) {
            delete(directory);
        }
    }

    /** Ends its processes and keeps the logs, which say why it failed. */
    void closeKeepingLogs() throws IOException {
        processes().forEach(JavaProcess::kill);
        if (plan.own().data == null) {
            delete(brokerData());
            delete(engineState());
        }
    }

    private void startBroker() throws IOException {
        Path address = directory.resolve("broker.address");
        Files.deleteIfExists(address);
        JavaProcess started = JavaProcess.start(
                "broker",
                directory,
                BROKER_JAVA,
                List.of(BrokerProcess.class.getName(), brokerData().toString(), address.toString()));
        broker = started;
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(address)) {
            started.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker is not there after " + LONGEST_START.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        bootstrapServers = Files.readString(address);
    }

    private JavaProcess ownEngine() {
        if (engine == null) {
            throw new IllegalStateException("the engine is not this program's");
        }
        return engine;
    }

    private List<JavaProcess> processes() {
        return Stream.of(engine, broker).filter(Objects::nonNull).toList();
    }

    private Path brokerData() {
        return directory.resolve("kafka");
    }

    private Path engineState() {
        return directory.resolve("engine");
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
