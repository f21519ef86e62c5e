package io.millrace.benchmarks.compare.process;

import io.millrace.benchmarks.process.FileTree;
import io.millrace.benchmarks.process.JavaProgram;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A directory of its own, and the processes that were started in it. Thread-safe: an interrupt closes it from another thread. */
public final class Workspace implements AutoCloseable {
    /** Others may go through it to what is theirs: PostgreSQL runs as a user of its own. */
    private static final String MAY_GO_THROUGH = "rwx--x--x";

    private final Path directory;
    private final Deque<TiedProcess> running = new ArrayDeque<>();

    private Workspace(Path directory) {
        this.directory = directory;
    }

    /** A new one in the given directory. */
    public static Workspace create(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path directory = Files.createTempDirectory(parent, "compare-").toAbsolutePath();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(MAY_GO_THROUGH));
        return new Workspace(directory);
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    /** A Java program, to be killed in the end. */
    public TiedProcess start(String name, JavaProgram program) throws IOException {
        return start(name, "KILL", program.environment(), program.command());
    }

    /** Any program, to be ended with the given signal. */
    public synchronized TiedProcess start(
            String name, String signal, Map<String, String> environment, List<String> command) throws IOException {
        TiedProcess started = TiedProcess.start(name, directory, signal, environment, command);
        running.push(started);
        return started;
    }

    /** Throws when a process has ended by itself. */
    public synchronized void requireAlive() {
        running.forEach(TiedProcess::requireAlive);
    }

    /** Ends one of the processes. */
    public synchronized void end(TiedProcess process) {
        process.close();
        running.remove(process);
    }

    /** Ends all processes, the last first, and keeps the directory. */
    public synchronized void endAll() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    /** Ends all processes and deletes the directory. */
    @Override
    public synchronized void close() {
        endAll();
        FileTree.delete(directory);
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
