package io.millrace.standalone.crash;

import io.millrace.standalone.crash.ChildProcess.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The processes of one test and a directory for them. All of them are killed at its end, however it ends; when it fails, what they
 * have logged is printed.
 */
public final class Children implements BeforeEachCallback, AfterEachCallback {
    private static final int LOG_LINES_SHOWN = 80;

    /** A long run's logs are larger than memory. */
    private static final int LOG_BYTES_READ = 64 * 1024;

    /** Where the logs of a failed test stay. */
    private static final Path KEPT_LOGS = Path.of("target", "crash-logs");

    private final List<ChildProcess> started = new CopyOnWriteArrayList<>();
    private final List<Path> otherLogs = new ArrayList<>();
    private final List<Runnable> explanations = new ArrayList<>();
    private Path directory = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("millrace-crash-");
    }

    /** A directory that is the test's own, and deleted after it. */
    public Path directory() {
        return directory;
    }

    /** Starts a program; a process that is started again under the same name goes on with the same log. */
    public ChildProcess start(String name, Class<?> program, String... arguments) {
        return start(name, Program.of(program), List.of(arguments));
    }

    /** The same for one that may have another class path. */
    public ChildProcess start(String name, Program program, List<String> arguments) {
        ChildProcess child = ChildProcess.start(name, directory.resolve(name + ".log"), program, arguments);
        started.add(child);
        return child;
    }

    /** The one with this process id. */
    ChildProcess ofPid(long pid) {
        return started.stream()
                .filter(child -> child.pid() == pid)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("process " + pid + " is not one of " + started));
    }

    /** The log of a process that is not the test's own, but may have had a hand in its failure. */
    void showWhenFailed(Path log) {
        otherLogs.add(log);
    }

    /** Something to print when the test fails, while its processes still run. */
    public void whenFailed(Runnable explanation) {
        explanations.add(explanation);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        boolean failed = context.getExecutionException().isPresent();
        try {
            if (failed) {
                printLogs();
                keepLogs(context.getRequiredTestClass().getSimpleName());
                explanations.forEach(Runnable::run);
            }
        } finally {
            started.forEach(ChildProcess::kill);
        }
        delete(directory);
    }

    private void printLogs() throws IOException {
        Stream<Path> logs = Stream.concat(otherLogs.stream(), started.stream().map(ChildProcess::log));
        for (Path log : logs.distinct().toList()) {
            List<String> lines = lastLines(log);
            System.out.println("--- the end of " + log.getFileName());
            lines.stream().skip(Math.max(0, lines.size() - LOG_LINES_SHOWN)).forEach(System.out::println);
        }
    }

    private static List<String> lastLines(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log)) {
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(file.size(), LOG_BYTES_READ));
            file.read(end, file.size() - end.capacity());
            return new String(end.array(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private void keepLogs(String test) throws IOException {
        Path kept = Files.createDirectories(KEPT_LOGS.resolve(test));
        for (ChildProcess child : started) {
            Files.copy(child.log(), kept.resolve(child.log().getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
