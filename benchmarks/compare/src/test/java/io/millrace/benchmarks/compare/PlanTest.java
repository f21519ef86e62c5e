package io.millrace.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.benchmarks.compare.driver.Line;
import io.millrace.benchmarks.compare.driver.Task;
import io.millrace.benchmarks.compare.driver.Task.Kind;
import io.millrace.benchmarks.compare.systems.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Map<Work, Integer> BEST = Map.of(Work.ONE_STEP, 256, Work.FIVE_STEPS, 64);
    private static final List<Mode> BOTH = List.of(Mode.EAGER, Mode.DISPATCHED);

    private final Plan all = new Plan(Scale.FULL, EnumSet.allOf(Work.class));

    @Test
    void shouldTryEachNumberOfCallersForBothRates() {
        List<Task> tasks = all.search();
        assertEquals(Kind.WARM_UP, tasks.get(0).kind());
        assertEquals(
                List.of(1, 16, 64, 256, 1_024, 2_048, 1, 16, 64, 256, 1_024, 2_048),
                tasks.subList(1, tasks.size()).stream().map(Task::callers).toList());
    }

    @Test
    void shouldMeasureEachRateAtItsBestNumberOfCallers() {
        List<Task> rates = all.turn(Mode.EAGER, BOTH, BEST).stream()
                .filter(task -> task.kind() == Kind.RATE)
                .toList();
        assertEquals(List.of(new Task(Kind.RATE, 1, 256, 3_000), new Task(Kind.RATE, 5, 64, 3_000)), rates);
    }

    @Test
    void shouldDrainInAnotherProcessAndMeasureAStepWhereItIsCheapest() {
        assertEquals(Set.of(Kind.WARM_UP, Kind.RATE, Kind.LATENCY, Kind.STEP), kinds(Mode.EAGER, BOTH));
        assertEquals(Set.of(Kind.WARM_UP, Kind.RATE, Kind.LATENCY, Kind.DRAIN), kinds(Mode.DISPATCHED, BOTH));
        assertEquals(EnumSet.allOf(Kind.class), kinds(Mode.DISPATCHED, List.of(Mode.DISPATCHED)));
    }

    @Test
    void shouldSearchOnlyWhereThereIsAChoice() {
        assertTrue(all.needsSearch());
        assertFalse(new Plan(Scale.FULL.with(1, List.of(64)), EnumSet.allOf(Work.class)).needsSearch());
        assertFalse(new Plan(Scale.FULL, EnumSet.of(Work.DRAIN)).needsSearch());
    }

    @Test
    void shouldReadFiguresByTask() {
        Map<String, Double> rate = Map.of(Line.PER_SECOND, 1_000.0, Line.BEHIND_MS, 3.0);
        assertEquals(Map.of(Metric.FIVE_STEPS, 1_000.0), Plan.metrics(new Task(Kind.RATE, 5, 64, 1), rate));
        assertEquals(
                Map.of(Metric.LATENCY_P50, 2.0, Metric.LATENCY_P99, 4.0),
                Plan.metrics(
                        new Task(Kind.LATENCY, 1, 1, 1),
                        Map.of(Line.P50_MS, 2.0, Line.P99_MS, 4.0, Line.SAMPLES, 9.0)));
        assertEquals(
                Map.of(Metric.ONE_STEP, 1_000.0, Metric.BEHIND, 3.0),
                Plan.metrics(new Task(Kind.RATE, 1, 64, 1), rate));
        assertEquals(
                Map.of(Metric.ONE_STEP, 7.0),
                Plan.metrics(new Task(Kind.RATE, 1, 64, 1), Map.of(Line.PER_SECOND, 7.0)));
        assertEquals(Map.of(), Plan.metrics(new Task(Kind.WARM_UP, 5, 64, 1), Map.of()));
    }

    private Set<Kind> kinds(Mode mode, List<Mode> modes) {
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        all.turn(mode, modes, BEST).forEach(task -> kinds.add(task.kind()));
        return kinds;
    }
}
