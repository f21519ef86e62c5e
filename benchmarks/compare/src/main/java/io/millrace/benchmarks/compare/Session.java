package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.driver.DriverMain;
import io.millrace.benchmarks.compare.driver.Line;
import io.millrace.benchmarks.compare.driver.Peer.Role;
import io.millrace.benchmarks.compare.driver.Task;
import io.millrace.benchmarks.compare.process.TiedProcess;
import io.millrace.benchmarks.compare.process.Workspace;
import io.millrace.benchmarks.compare.systems.Contender;
import io.millrace.benchmarks.compare.systems.Mode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;

/** The driver processes of one system in one mode, from their start to their end, on servers that run. */
final class Session {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    /** A drain of a slow system, with room. */
    private static final Duration LONGEST_TASK = Duration.ofMinutes(4);

    private final Contender contender;
    private final Mode mode;
    private final Workspace workspace;
    private final Path settingsFile;
    private final Path backlogFile;

    /** For servers that were started with the given settings. */
    Session(Contender contender, Mode mode, Workspace workspace, Map<String, String> settings) throws IOException {
        this.contender = contender;
        this.mode = mode;
        this.workspace = workspace;
        this.settingsFile = workspace.directory().resolve(mode.word() + ".properties");
        this.backlogFile = workspace.directory().resolve(mode.word() + ".backlog");
        Properties written = new Properties();
        written.putAll(settings);
        written.put(DriverMain.BACKLOG_FILE, backlogFile.toString());
        try (Writer writer = Files.newBufferedWriter(settingsFile)) {
            written.store(writer, null);
        }
    }

    /** Does the tasks, and hands each one's figures on as soon as it is done. */
    void run(List<Task> tasks, BiConsumer<Task, Map<String, Double>> done) throws IOException, InterruptedException {
        List<TiedProcess> drivers = new ArrayList<>();
        try {
            if (mode == Mode.DISPATCHED) {
                TiedProcess worker = start(Role.WORKER, List.of());
                drivers.add(worker);
                awaitReady(worker);
            }
            TiedProcess caller = start(mode == Mode.EAGER ? Role.BOTH : Role.CALLER, tasks);
            drivers.add(caller);
            awaitReady(caller);
            for (Task task : tasks) {
                done.accept(task, figures(caller));
            }
        } finally {
            drivers.forEach(workspace::end);
        }
    }

    private TiedProcess start(Role role, List<Task> tasks) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(role.name(), settingsFile.toString()));
        tasks.forEach(task -> arguments.add(task.written()));
        return workspace.start(
                mode.word() + "-" + (role == Role.WORKER ? "worker" : "caller"), contender.driver(arguments));
    }

    private static void awaitReady(TiedProcess driver) throws InterruptedException {
        driver.await(line -> Line.parse(line).filter(each -> each.name().equals(Line.READY)), LONGEST_START);
    }

    private Map<String, Double> figures(TiedProcess caller) throws IOException, InterruptedException {
        Map<String, Double> figures = new HashMap<>();
        while (true) {
            Line line = caller.await(Line::parse, LONGEST_TASK);
            if (line.name().equals(Line.DONE)) {
                return figures;
            }
            if (line.name().equals(Line.BACKLOG_READY)) {
                Files.createFile(backlogFile);
            }
            figures.put(line.name(), Double.parseDouble(line.value()));
        }
    }
}
