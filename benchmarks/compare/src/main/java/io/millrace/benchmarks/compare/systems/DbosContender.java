package io.millrace.benchmarks.compare.systems;

import io.millrace.benchmarks.compare.process.Workspace;
import io.millrace.benchmarks.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DBOS Transact on a PostgreSQL.
 *
 * @param home the directory of the comparison
 * @param synchronousCommit whether a commit waits until it is on the disk, as PostgreSQL has it by default
 */
public record DbosContender(Path home, boolean synchronousCommit) implements Contender {
    /** As PostgreSQL is installed. */
    public static final String NAME = "dbos";

    /** With commits that do not wait for the disk. */
    public static final String ASYNCHRONOUS = "dbos-async";

    private static final String PEER = "io.millrace.benchmarks.compare.dbos.DbosPeer";

    @Override
    public String name() {
        return synchronousCommit ? NAME : ASYNCHRONOUS;
    }

    @Override
    public List<Mode> modes() {
        return List.of(Mode.EAGER, Mode.DISPATCHED);
    }

    @Override
    public String durability() {
        return synchronousCommit
                ? "PostgreSQL's defaults (`fsync=on`, `synchronous_commit=on`): a step is on the disk before it counts, and survives power loss."
                : "PostgreSQL with `synchronous_commit=off`: a step survives the death of the program, and even of PostgreSQL's backends, but the last"
                        + " fraction of a second before PostgreSQL or the machine dies may be lost.";
    }

    @Override
    public String remarks() {
        return "Eager: `startWorkflow` in the process that waits. Dispatched: enqueued by `DBOSClient`, and taken by another process, which polls its queue"
                + " once a second by default; so does who waits for the result. The settings are DBOS's own, 10 connections for each process among them,"
                + " and PostgreSQL's own.";
    }

    @Override
    public Optional<String> missing() {
        return Postgres.missing().or(() -> module().missing("DBOS"));
    }

    @Override
    public String versions() {
        return "DBOS Transact " + module().version("target/lib", "transact") + ", " + Postgres.version();
    }

    @Override
    public Map<String, String> startServers(Workspace workspace) throws IOException, InterruptedException {
        int port = Postgres.start(workspace, synchronousCommit ? List.of() : List.of("synchronous_commit=off"));
        return Map.of("jdbc.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "jdbc.user", Postgres.USER);
    }

    @Override
    public JavaProgram driver(List<String> arguments) {
        return module().driver(arguments);
    }

    private PeerModule module() {
        return new PeerModule(home.resolve("dbos"), PEER);
    }
}
