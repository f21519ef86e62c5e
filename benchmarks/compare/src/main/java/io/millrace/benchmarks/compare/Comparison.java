package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.driver.Line;
import io.millrace.benchmarks.compare.driver.Task;
import io.millrace.benchmarks.compare.driver.Task.Kind;
import io.millrace.benchmarks.compare.process.Workspace;
import io.millrace.benchmarks.compare.systems.Contender;
import io.millrace.benchmarks.compare.systems.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The turns. First, each system shows with how many callers it does most; then, turn by turn, each one is started from nothing, does all works and is
 * stopped, before the next one is: whatever else goes on on the machine meets all of them.
 */
final class Comparison {
    private final List<Contender> contenders;
    private final Plan plan;
    private final Path data;
    private final Consumer<String> progress;
    private final Map<String, Map<Work, Integer>> best = new HashMap<>();
    private final Map<String, Map<Work, Double>> mostSeen = new HashMap<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private volatile @Nullable Workspace workspace;
    private volatile boolean stopping;

    /** With data below the given directory. */
    Comparison(List<Contender> contenders, Plan plan, Path data, Consumer<String> progress) {
        this.contenders = contenders;
        this.plan = plan;
        this.data = data;
        this.progress = progress;
    }

    /** All of it. Throws when a system fails, with a word on where its logs are. */
    List<Measurement> run() throws IOException, InterruptedException {
        if (plan.needsSearch()) {
            for (Contender contender : contenders) {
                serve(contender, "search", this::search);
            }
        }
        for (int i = 1; i <= plan.scale().turns(); i++) {
            int turn = i;
            for (Contender contender : contenders) {
                String label = "turn " + turn + "/" + plan.scale().turns();
                serve(contender, label, (session, step) -> turn(session, step, turn));
            }
        }
        return List.copyOf(measurements);
    }

    /** From another thread: ends all processes and deletes their data. */
    void stop() {
        stopping = true;
        Workspace current = workspace;
        if (current != null) {
            current.close();
        }
    }

    /** What is done with a session. */
    @FunctionalInterface
    private interface Part {
        void run(Session session, Step step) throws IOException, InterruptedException;
    }

    /** Whose session it is, and which part of the comparison. */
    private record Step(Contender contender, Mode mode, String label) {
        String key() {
            return contender.name() + " " + mode.word();
        }
    }

    private void serve(Contender contender, String label, Part part) throws IOException, InterruptedException {
        Workspace current = Workspace.create(data);
        workspace = current;
        try {
            Map<String, String> settings = contender.startServers(current);
            for (Mode mode : contender.modes()) {
                part.run(new Session(contender, mode, current, settings), new Step(contender, mode, label));
            }
            current.close();
        } catch (IOException | RuntimeException e) {
            if (stopping) {
                throw new IllegalStateException("stopped", e);
            }
            // The logs stay, and say why.
            workspace = null;
            current.endAll();
            throw new IllegalStateException(contender.name() + " failed: " + e.getMessage(), e);
        }
    }

    private void search(Session session, Step step) throws IOException, InterruptedException {
        session.run(plan.search(), (task, figures) -> {
            if (task.kind() == Kind.RATE) {
                double rate = figures.get(Line.PER_SECOND);
                Map<Work, Double> most = mostSeen.computeIfAbsent(step.key(), key -> new EnumMap<>(Work.class));
                if (rate > most.getOrDefault(Plan.work(task), 0.0)) {
                    most.put(Plan.work(task), rate);
                    best.computeIfAbsent(step.key(), key -> new EnumMap<>(Work.class))
                            .put(Plan.work(task), task.callers());
                }
                say(step, task, Plan.metrics(task, figures));
            }
        });
    }

    private void turn(Session session, Step step, int turn) throws IOException, InterruptedException {
        List<Task> tasks = plan.turn(step.mode(), step.contender().modes(), bestCallers(step));
        session.run(tasks, (task, figures) -> {
            Map<Metric, Double> metrics = Plan.metrics(task, figures);
            metrics.forEach((metric, value) -> measurements.add(
                    new Measurement(turn, step.contender().name(), step.mode(), metric, task.callers(), value)));
            say(step, task, metrics);
        });
    }

    /** Where nothing was tried, there is only one number to choose. */
    private Map<Work, Integer> bestCallers(Step step) {
        int only = plan.scale().callers().get(0);
        Map<Work, Integer> callers = new EnumMap<>(Map.of(Work.ONE_STEP, only, Work.FIVE_STEPS, only));
        callers.putAll(best.getOrDefault(step.key(), Map.of()));
        return callers;
    }

    private void say(Step step, Task task, Map<Metric, Double> metrics) {
        metrics.forEach((metric, value) -> progress.accept(String.format(
                Locale.ROOT,
                "%-10s %-14s %-10s %-44s %,12.2f %s%s",
                step.label(),
                step.contender().name(),
                step.mode().word(),
                metric.title(),
                value,
                metric.unit(),
                task.kind() == Kind.RATE ? " at " + task.callers() : "")));
    }
}
