package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.driver.DriverMain;
import io.millrace.benchmarks.compare.millrace.MillracePeer;
import io.millrace.benchmarks.compare.process.Workspace;
import io.millrace.benchmarks.process.JavaProgram;
import io.millrace.standalone.Main;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Millrace: a broker and an engine, each a process.
 *
 * @param fsync whether the broker flushes each record to the disk before it acknowledges it
 */
public record MillraceContender(boolean fsync) implements Contender {
    /** The one without flushes; the one with them is {@link #FLUSHING}. */
    public static final String NAME = "millrace";

    /** Its name with flushes. */
    public static final String FLUSHING = "millrace-fsync";

    private static final String FLUSH_EACH = "log.flush.interval.messages=1";

    /** Whether a system of this name is a Millrace. */
    public static boolean isOne(String name) {
        return name.equals(NAME) || name.equals(FLUSHING);
    }

    @Override
    public String name() {
        return fsync ? FLUSHING : NAME;
    }

    @Override
    public List<Mode> modes() {
        return List.of(Mode.EAGER, Mode.DISPATCHED);
    }

    @Override
    public String durability() {
        return fsync
                ? "The broker runs with `" + FLUSH_EACH
                        + "`: each batch is flushed to the disk before it is acknowledged, so an acknowledged step survives power loss."
                : "One broker, which acknowledges what it has handed to the operating system, as Kafka does by default: an acknowledged step survives the"
                        + " death of every process, but not of the machine. (On a cluster, `acks=all` makes it survive that of a machine.)";
    }

    @Override
    public String remarks() {
        return "Eager: caller and worker are one process; a result is there when the broker has acknowledged the completion, and the time that the engine"
                + " then takes to catch up counts. Dispatched: worker in another process; a result is there when the engine has committed it."
                + " 4 partitions, the default.";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String versions() {
        return KafkaServer.version();
    }

    @Override
    public Map<String, String> startServers(Workspace workspace) throws IOException, InterruptedException {
        String address = KafkaServer.start(workspace, fsync ? List.of(FLUSH_EACH) : List.of());
        List<String> engine = List.of(
                Main.class.getName(),
                "engine",
                "--bootstrap-servers=" + address,
                "--data=" + workspace.directory().resolve("engine"),
                "--replication-factor=1");
        workspace.start("engine", EqualTerms.ours(engine));
        // The client and the worker wait for the engine's topics by themselves.
        return Map.of(MillracePeer.BOOTSTRAP_SERVERS, address);
    }

    @Override
    public JavaProgram driver(List<String> arguments) {
        List<String> main = new ArrayList<>(List.of(DriverMain.class.getName(), MillracePeer.class.getName()));
        main.addAll(arguments);
        return EqualTerms.ours(main);
    }
}
