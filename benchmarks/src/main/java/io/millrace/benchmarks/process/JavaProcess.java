package io.millrace.benchmarks.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Java process with the class path of this one. What it prints goes to a file; it ends with this process at the latest. */
public final class JavaProcess {
    /** A stop that takes longer hangs, and what it would still do does not matter to a load run. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    /** What collecting the garbage of a large heap may take on a busy machine. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final String name;
    private final Path log;
    private final Process process;

    private JavaProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts a program's main method; what another process of the same name printed stays in the log. */
    public static JavaProcess start(
            String name, Path directory, List<String> javaOptions, List<String> programAndArguments) {
        List<String> main = new ArrayList<>(List.of(TiedToParent.class.getName()));
        main.addAll(programAndArguments);
        Path log = directory.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(
                            JavaProgram.ours(javaOptions, main).command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new JavaProcess(name, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the process of the " + name, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public String name() {
        return name;
    }

    /** Processor time that it has taken, in nanoseconds; 0 where the system does not tell. */
    public long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /** Writes a line that its program reads by {@link TiedToParent#nextLine}. */
    public void tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // It has ended; whoever needs it finds that out by requireAlive.
        }
    }

    /** What it says of itself when it has collected its garbage; nothing where it does not answer, as when it has just been killed. */
    public Map<String, Double> figures() {
        Path file = log.resolveSibling(name + ".figures");
        try {
            Files.deleteIfExists(file);
            tell(ProcessFigures.ASKED + file);
            long deadline = System.nanoTime() + LONGEST_ANSWER.toNanos();
            while (!Files.exists(file)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    return Map.of();
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
            return ProcessFigures.readFrom(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the " + name + " says of itself", e);
        }
    }

    /** Says where to look when it has ended by itself. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the " + name + " has ended by itself (exit code " + process.exitValue() + "): see " + log);
        }
    }

    /** SIGTERM; returns when it is gone. (Not {@link Process#destroy}, which closes its input, too: it would halt at once.) */
    public void stop() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Stops several in order, all at once; returns when all are gone, or where it is interrupted. */
    public static void stopAll(Collection<JavaProcess> processes) {
        processes.forEach(each -> each.process.toHandle().destroy());
        try {
            for (JavaProcess each : processes) {
                each.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }
}
