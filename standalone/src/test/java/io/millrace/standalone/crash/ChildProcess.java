package io.millrace.standalone.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process. Its output goes to a file; it ends by itself when this process does. */
public final class ChildProcess {
    /** Quick to start rather than quick in the long run, and small: there are several at a time. */
    private static final List<String> JVM = List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Dlog4j2.configurationFile=log4j2-console.xml");

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * What a process runs.
     *
     * @param jvm options of its JVM, over those that all have
     */
    public record Program(String mainClass, String classPath, List<String> jvm) {
        /** One of this process's own classes. */
        public static Program of(Class<?> mainClass) {
            return new Program(mainClass.getName(), System.getProperty("java.class.path"), List.of());
        }
    }

    static ChildProcess start(String name, Path log, Program program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(program.jvm());
        command.addAll(List.of("-cp", program.classPath(), TiedToParent.class.getName(), program.mainClass()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new ChildProcess(name, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. (Process.onExit() goes by the number, which another process may have by now.) */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** SIGTERM; returns at once. (Process.destroy() would close its input, too, which kills it: see TiedToParent.) */
    public void terminate() {
        signal("TERM");
    }

    /** SIGSTOP: it stands still and holds everything it has. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (exit != 0) {
                throw new IllegalStateException("SIG" + signal + " did not reach " + this);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ")";
    }
}
