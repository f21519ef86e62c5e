package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.bench.Callers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many workflows a second, with as many callers as does best; counted are those that the engine has completed, too. */
final class Throughput implements Scenario {
    private static final int[] STEPS = {1, 5};
    private static final int FEWEST_CALLERS = 1;
    private static final int FACTOR = 4;
    private static final int WARM_UP_SECONDS = 4;
    private static final int SECONDS = 6;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT,
                "%d to %,d callers that each wait for their result, %d s each after %d s to warm up",
                FEWEST_CALLERS,
                number,
                SECONDS,
                WARM_UP_SECONDS);
    }

    /** Callers at most. */
    @Override
    public int usualNumber() {
        return 2_048;
    }

    @Override
    public int usualTurns() {
        return 3;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (InProcess eager = InProcess.eager(stage, stage.number())) {
            for (int steps : STEPS) {
                figures.addAll(best("eager, steps: " + steps, eager, steps, stage.number()));
            }
        }
        stage.worker("worker", stage.number());
        try (InProcess dispatched = InProcess.dispatched(stage)) {
            for (int steps : STEPS) {
                figures.addAll(best("dispatched, steps: " + steps, dispatched, steps, stage.number()));
            }
        }
        return figures;
    }

    private static List<Figure> best(String what, InProcess process, int steps, int mostCallers)
            throws InterruptedException {
        double best = 0;
        double results = 0;
        int callersOfBest = 0;
        for (int callers = FEWEST_CALLERS; ; callers = Math.min(callers * FACTOR, mostCallers)) {
            Callers.Measured measured = process.call(callers, steps, WARM_UP_SECONDS, SECONDS);
            double lasting = Math.min(measured.workflowsPerSecond(), measured.engineWorkflowsPerSecond());
            System.err.printf(
                    Locale.ROOT,
                    "%s, %d callers: %.0f results/s, %.0f/s completed by the engine, p50 %.1f ms%n",
                    what,
                    callers,
                    measured.workflowsPerSecond(),
                    measured.engineWorkflowsPerSecond(),
                    measured.latencyMs(50));
            if (lasting > best) {
                best = lasting;
                results = measured.workflowsPerSecond();
                callersOfBest = callers;
            }
            if (callers == mostCallers) {
                break;
            }
        }
        return List.of(
                Figure.of(what + ": completed by the engine, best", best, "/s"),
                Figure.of(what + ": results of callers meanwhile", results, "/s"),
                Figure.of(what + ": callers of the best", callersOfBest, ""));
    }
}
