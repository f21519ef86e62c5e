package io.millrace.benchmarks.cluster;

import io.millrace.benchmarks.figures.Spans;
import io.millrace.benchmarks.process.FileTree;
import io.millrace.benchmarks.process.JavaProcess;
import io.millrace.benchmarks.process.ResidentMemory;
import io.millrace.schemas.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A broker and an engine of its own, each a process, or those that run elsewhere. And a directory for the logs. */
public final class ProcessCluster implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final List<String> BROKER_JAVA = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private final ClusterSpec spec;
    private final Path directory;
    private volatile @Nullable JavaProcess broker;
    private volatile @Nullable JavaProcess engine;
    private volatile String bootstrapServers;
    private volatile boolean stopping;

    private ProcessCluster(ClusterSpec spec, Path directory) {
        this.spec = spec;
        this.directory = directory;
        this.bootstrapServers = spec.bootstrapServers() == null ? "" : spec.bootstrapServers();
    }

    /** What is done on a cluster. */
    public interface Body<T> {
        /** Does it. */
        T on(ProcessCluster cluster) throws IOException, InterruptedException;
    }

    /**
     * Starts a cluster, does something on it, and clears it away, also when a signal ends this program. Where that fails, the logs stay.
     *
     * @param say is told where they are
     */
    public static <T> T run(ClusterSpec spec, Consumer<String> say, Body<T> body)
            throws IOException, InterruptedException {
        ProcessCluster cluster = create(spec);
        Thread onSignal = new Thread(cluster::stop, "clear-away");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            cluster.start();
            T result = body.on(cluster);
            cluster.close();
            return result;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (cluster.stopping) {
                throw new IllegalStateException("stopped", e);
            }
            cluster.closeKeepingLogs();
            say.accept("the logs of all processes are in " + cluster.directory());
            throw e;
        } finally {
            forget(onSignal);
        }
    }

    private static ProcessCluster create(ClusterSpec spec) throws IOException {
        Path given = spec.data();
        return new ProcessCluster(
                spec,
                given == null
                        ? Files.createTempDirectory("millrace-load-")
                        : Files.createDirectories(given.toAbsolutePath().normalize()));
    }

    private void start() throws IOException {
        if (spec.bootstrapServers() == null) {
            startBroker();
            startEngine();
        }
    }

    /** By a signal. */
    private void stop() {
        stopping = true;
        close();
    }

    /** Where Kafka is. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The Millrace on it, for clients that connect with these settings. */
    public Target target(Map<String, String> kafka) {
        return new Target(bootstrapServers, new Namespace(spec.namespace()), kafka);
    }

    /** Where the logs of all processes are. */
    public Path directory() {
        return directory;
    }

    /** Where its engine keeps its stores. */
    public Path engineState() {
        return directory.resolve("engine");
    }

    /** Starts its engine. */
    public void startEngine() {
        List<String> program = new ArrayList<>(List.of(
                EngineProcess.class.getName(),
                bootstrapServers,
                spec.namespace(),
                engineState().toString(),
                Integer.toString(spec.partitions()),
                spec.retention().map(Duration::toString).orElse(EngineProcess.DEFAULT_RETENTION)));
        spec.engineKafka().forEach((key, value) -> program.add(key + "=" + value));
        engine = JavaProcess.start("engine", directory, spec.engineJava(), program);
    }

    /** Stops its engine in order. */
    public void stopEngine() throws InterruptedException {
        engine().stop();
    }

    /** Kills its engine, and deletes all that it has on disk: everything has to come back from Kafka. */
    public void destroyEngine() throws IOException {
        engine().kill();
        FileTree.delete(engineState());
    }

    /** Its engine. */
    public JavaProcess engine() {
        if (engine == null) {
            throw new IllegalStateException("the engine is not this program's");
        }
        return engine;
    }

    /** Throws when one of its processes has ended by itself. */
    public void requireAlive() {
        processes().forEach(JavaProcess::requireAlive);
    }

    /** Notes what its processes hold. */
    public void lookAt(ResidentMemory memory) {
        processes().forEach(process -> memory.look(process.name(), process.pid()));
    }

    /** Processor time that each of its processes has taken, in nanoseconds, by name. */
    public Map<String, Long> cpuNanos() {
        return processes().stream().collect(Collectors.toMap(JavaProcess::name, JavaProcess::cpuNanos));
    }

    /** The engine and the broker, where they are this program's. */
    public List<JavaProcess> processes() {
        return Stream.of(engine, broker).filter(Objects::nonNull).toList();
    }

    /** Ends its processes, and deletes what the user did not ask to keep. */
    @Override
    public synchronized void close() {
        end();
        if (spec.data() == null) {
            FileTree.delete(directory);
        }
    }

    /** Ends its processes and keeps the logs, which say why it failed. */
    private void closeKeepingLogs() {
        end();
        if (spec.data() == null) {
            FileTree.delete(brokerData());
            FileTree.delete(engineState());
        }
    }

    private void end() {
        if (engine != null
                && spec.engineJava().stream().anyMatch(each -> each.startsWith("-XX:StartFlightRecording"))) {
            // The recording is written when its process ends in order.
            try {
                engine.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        processes().forEach(JavaProcess::kill);
    }

    private void startBroker() throws IOException {
        Path address = directory.resolve("broker.address");
        Files.deleteIfExists(address);
        List<String> program = new ArrayList<>(
                List.of(BrokerProcess.class.getName(), brokerData().toString(), address.toString()));
        spec.brokerSettings().forEach((key, value) -> program.add(key + "=" + value));
        JavaProcess started = JavaProcess.start("broker", directory, BROKER_JAVA, program);
        broker = started;
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!Files.exists(address)) {
            started.requireAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the broker is not there after " + Spans.text(LONGEST_START));
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        bootstrapServers = Files.readString(address);
    }

    private Path brokerData() {
        return directory.resolve("kafka");
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException stopping) {
            // It is running already: a signal ends this program.
        }
    }
}
