package io.millrace.benchmarks.compare.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A process that ends with this one, however this one ends: a shell waits beside it for the end of its own input, which is a pipe that only this
 * process holds, and kills it then. What it prints goes to a log and can be waited for.
 */
public final class TiedProcess implements AutoCloseable {
    /**
     * The first argument is the signal. An interrupt from the terminal goes to every process in front of it; here it is ignored, and what it does to
     * this program reaches the process by the pipe.
     */
    private static final String TIE = """
            trap '' INT
            signal=$1
            shift
            exec 3<&0
            "$@" </dev/null 3<&- &
            child=$!
            { read -r end <&3; kill -"$signal" $child; } >/dev/null 2>&1 &
            watch=$!
            wait $child
            code=$?
            kill -KILL $watch 2>/dev/null
            exit $code
            """;

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private TiedProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts it, to be ended with the given signal, for example {@code KILL}. */
    static TiedProcess start(String name, Path directory, String signal, Map<String, String> env, List<String> command)
            throws IOException {
        List<String> tied = new ArrayList<>(List.of("/bin/sh", "-c", TIE, "tie", signal));
        tied.addAll(command);
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(tied).directory(directory.toFile());
        builder.environment().putAll(env);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(
                directory.resolve(name + ".err").toFile()));
        TiedProcess started = new TiedProcess(name, log, builder.start());
        Thread reader = new Thread(started::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    /**
     * The first line to come that the function makes something of.
     *
     * @throws IllegalStateException if the process ends without, or takes too long
     */
    public <T> T await(Function<String, Optional<T>> wanted, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Optional<String> line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IllegalStateException("the " + name + " has said nothing for " + atMost.toSeconds()
                        + " s that was waited for: see " + log.getParent());
            }
            if (line.isEmpty()) {
                lines.add(line);
                throw ended();
            }
            Optional<T> found = wanted.apply(line.get());
            if (found.isPresent()) {
                return found.get();
            }
        }
    }

    /** Throws when it has ended by itself. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw ended();
        }
    }

    /** Ends it; returns when it is gone. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private IllegalStateException ended() {
        return new IllegalStateException("the " + name + " has ended by itself: see " + log.getParent());
    }

    private void read() {
        try (BufferedReader output = process.inputReader();
                var written = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                written.write(line);
                written.newLine();
                written.flush();
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // The pipe is gone, and so is the process.
        }
        lines.add(Optional.empty());
    }
}
