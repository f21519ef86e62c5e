package io.millrace.benchmarks.load;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process with the class path of this one. What it prints goes to a file; it ends with this process at the latest. */
final class JavaProcess {
    /** A stop that takes longer hangs, and what it would still do does not matter to a load run. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    private static final int FIRST_WITH_NATIVE_WARNINGS = 24;

    private final String name;
    private final Path log;
    private final Process process;

    private JavaProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts a program's main method; what another process of the same name printed stays in the log. */
    static JavaProcess start(String name, Path directory, List<String> javaOptions, List<String> programAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dorg.apache.avro.specific.use_custom_coders=true");
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_WARNINGS) {
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TiedToParent.class.getName()));
        command.addAll(programAndArguments);
        Path log = directory.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new JavaProcess(name, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the process of the " + name, e);
        }
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return name;
    }

    /** Processor time that it has taken, in nanoseconds; 0 where the system does not tell. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Writes a line that its program reads by {@link TiedToParent#nextLine}. */
    void tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // It has ended; whoever needs it finds that out by requireAlive.
        }
    }

    /** Says where to look when it has ended by itself. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the " + name + " has ended by itself (exit code " + process.exitValue() + "): see " + log);
        }
    }

    /** SIGTERM; returns when it is gone. (Not {@link Process#destroy}, which closes its input, too: it would halt at once.) */
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** SIGTERM; returns at once. */
    void beginStop() {
        process.toHandle().destroy();
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
