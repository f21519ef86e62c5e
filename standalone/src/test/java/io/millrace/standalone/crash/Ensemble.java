package io.millrace.standalone.crash;

import io.millrace.schemas.Namespace;
import io.millrace.standalone.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Three brokers, a registry, two engines and two workers, each a process of its own, for a test that troubles all of them. Whoever talks to whom does so through
 * the network's doors; the test itself has doors that nobody disturbs but by troubling the other side.
 */
final class Ensemble implements AutoCloseable {
    private static final String TEST = "test";
    private static final List<String> ENGINES = List.of("engine-1", "engine-2");
    private static final List<String> WORKERS = List.of("worker-1", "worker-2");
    private static final String REGISTRY_URL = "schema.registry.url";

    private final Network network = new Network();
    private final List<SmallDisk> disks = new ArrayList<>();
    private final Children children;
    private final List<String> queues;
    private final BrokerCluster cluster;
    private final Registry registry;
    private final Stage stage;
    private final List<Target> brokers;
    private final Target registryServer;
    private final List<Target> engines;
    private final List<Target> workers;

    /** Starts everything; the workers take from all of these queues, of which the first is the stage's. */
    Ensemble(Children children, String namespace, List<String> queues) {
        this.children = children;
        this.queues = queues;
        List<String> parties =
                Stream.of(ENGINES, WORKERS, List.of(TEST)).flatMap(List::stream).toList();
        this.cluster = new BrokerCluster(children, network, parties);
        this.registry = new Registry(children);
        this.stage = new Stage(
                children,
                cluster.bootstrapServers(TEST),
                new Namespace(namespace),
                queues.get(0),
                Map.of(REGISTRY_URL, registry.url(network, TEST)));
        this.brokers = cluster.start(network);
        this.registryServer = registry.start(network);
        registry.awaitReady();
        cluster.awaitAll(TEST);
        this.engines = ENGINES.stream().map(this::engine).toList();
        this.workers = WORKERS.stream().map(this::worker).toList();
    }

    private Target engine(String name) {
        Path state = stage.stateOf(name);
        Optional<SmallDisk> disk = SmallDisk.mount(state);
        disk.ifPresent(disks::add);
        Path settings = children.directory().resolve(name + ".properties");
        try {
            Files.writeString(settings, REGISTRY_URL + "=" + registry.url(network, name) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Target(name, () -> startEngine(name, state, settings), network, disk.orElse(null));
    }

    private ChildProcess startEngine(String name, Path state, Path settings) {
        return children.start(
                name,
                Main.class,
                "engine",
                "--bootstrap-servers",
                cluster.bootstrapServers(name),
                "--namespace",
                stage.namespace().name(),
                "--instance-id",
                name,
                "--kafka-config",
                settings.toString(),
                "--data",
                state.toString());
    }

    private Target worker(String name) {
        String registryUrl = registry.url(network, name);
        return new Target(
                name,
                () -> children.start(
                        name,
                        WorkerProgram.class,
                        cluster.bootstrapServers(name),
                        stage.namespace().name(),
                        String.join(",", queues),
                        GatedWorkflow.TYPE,
                        Long.toString(Stage.LEASE.toMillis()),
                        children.directory().toString(),
                        REGISTRY_URL + "=" + registryUrl),
                network);
    }

    Stage stage() {
        return stage;
    }

    List<Target> brokers() {
        return brokers;
    }

    Target registry() {
        return registryServer;
    }

    List<Target> engines() {
        return engines;
    }

    List<Target> workers() {
        return workers;
    }

    /** All that can be troubled. */
    List<Target> all() {
        return Stream.of(brokers, List.of(registryServer), engines, workers)
                .flatMap(List::stream)
                .toList();
    }

    /** Whether the engines' disks can be made full here. */
    boolean hasSmallDisks() {
        return disks.size() == ENGINES.size();
    }

    /** Also of those that are still running. */
    @Override
    public void close() {
        disks.forEach(SmallDisk::close);
        network.close();
    }
}
