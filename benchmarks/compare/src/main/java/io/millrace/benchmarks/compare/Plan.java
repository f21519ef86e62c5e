package io.millrace.benchmarks.compare;

import io.millrace.benchmarks.compare.driver.Line;
import io.millrace.benchmarks.compare.driver.Task;
import io.millrace.benchmarks.compare.driver.Task.Kind;
import io.millrace.benchmarks.compare.systems.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tasks a driver is given, and what their figures are. The same for every system. */
record Plan(Scale scale, Set<Work> works) {
    private static final int FIVE = 5;

    /** Some callers at once, so that all code paths are warm. */
    private static final int WARM_UP_CALLERS = 64;

    /** Looks for the number of callers that gets most: each is tried once. */
    List<Task> search() {
        List<Task> tasks = new ArrayList<>(List.of(warmUp()));
        for (Work work : List.of(Work.ONE_STEP, Work.FIVE_STEPS)) {
            if (works.contains(work)) {
                scale.callers().forEach(callers -> tasks.add(rate(work, callers, scale.tryMs())));
            }
        }
        return tasks;
    }

    /** Whether there is something to look for. */
    boolean needsSearch() {
        return scale.callers().size() > 1 && (works.contains(Work.ONE_STEP) || works.contains(Work.FIVE_STEPS));
    }

    /**
     * One turn.
     *
     * @param modes the system's, in order
     * @param best the number of callers for each rate
     */
    List<Task> turn(Mode mode, List<Mode> modes, Map<Work, Integer> best) {
        List<Task> tasks = new ArrayList<>(List.of(warmUp()));
        for (Work work : Work.values()) {
            if (works.contains(work)) {
                switch (work) {
                    case ONE_STEP, FIVE_STEPS -> tasks.add(rate(work, best.get(work), scale.rateMs()));
                    case LATENCY -> tasks.add(new Task(Kind.LATENCY, 1, 1, scale.latencyMs()));
                    // It is the difference of two latencies, which says nothing where a poll is most of them.
                    case STEP -> {
                        if (mode == modes.get(0)) {
                            tasks.add(new Task(Kind.STEP, 1, 1, scale.latencyMs()));
                        }
                    }
                    // Last: the worker is warm. And by another process, as a backlog is worked off.
                    case DRAIN -> {
                        if (mode == Mode.DISPATCHED) {
                            tasks.add(new Task(Kind.DRAIN, 1, 1, scale.backlog()));
                        }
                    }
                }
            }
        }
        return tasks;
    }

    /** What a task measured, by the metrics of the report; nothing for a warm-up. */
    static Map<Metric, Double> metrics(Task task, Map<String, Double> figures) {
        return switch (task.kind()) {
            case WARM_UP -> Map.of();
            case RATE -> rate(task, figures);
            case LATENCY ->
                Map.of(Metric.LATENCY_P50, figures.get(Line.P50_MS), Metric.LATENCY_P99, figures.get(Line.P99_MS));
            case STEP -> Map.of(Metric.STEP, figures.get(Line.P50_MS));
            case DRAIN -> Map.of(Metric.DRAIN, figures.get(Line.PER_SECOND));
        };
    }

    private static Map<Metric, Double> rate(Task task, Map<String, Double> figures) {
        double perSecond = figures.get(Line.PER_SECOND);
        if (task.steps() != 1) {
            return Map.of(Metric.FIVE_STEPS, perSecond);
        }
        Double behind = figures.get(Line.BEHIND_MS);
        return behind == null
                ? Map.of(Metric.ONE_STEP, perSecond)
                : Map.of(Metric.ONE_STEP, perSecond, Metric.BEHIND, behind);
    }

    /** The rate that a task measured, if it is one. */
    static Work work(Task task) {
        return task.steps() == 1 ? Work.ONE_STEP : Work.FIVE_STEPS;
    }

    private Task warmUp() {
        int callers =
                Math.min(WARM_UP_CALLERS, scale.callers().get(scale.callers().size() - 1));
        return new Task(Kind.WARM_UP, FIVE, callers, scale.warmUpMs());
    }

    private static Task rate(Work work, int callers, int millis) {
        return new Task(Kind.RATE, work == Work.ONE_STEP ? 1 : FIVE, callers, millis);
    }
}
