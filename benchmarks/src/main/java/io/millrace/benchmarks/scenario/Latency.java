package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.bench.Callers;
import io.millrace.benchmarks.scenario.ScenarioWorkflows.Chain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One caller, one step: from start to result, with the worker in the caller's process and in another one. */
final class Latency implements Scenario {
    private static final int SLOTS = 8;
    private static final int WARM_UP_SECONDS = 30;
    private static final int SECONDS = 10;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT,
                "one caller, one workflow of one step after the other for %d s, after %d s to warm up; and one of %,d steps",
                SECONDS,
                WARM_UP_SECONDS,
                number);
    }

    /** Steps of the workflow that says what one more step adds. */
    @Override
    public int usualNumber() {
        return 1_000;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        try (InProcess eager = InProcess.eager(stage, SLOTS)) {
            figures.addAll(figures("eager", eager, stage.number()));
        }
        stage.worker("worker", SLOTS);
        try (InProcess dispatched = InProcess.dispatched(stage)) {
            figures.addAll(figures("dispatched", dispatched, stage.number()));
        }
        return figures;
    }

    private static List<Figure> figures(String mode, InProcess caller, int steps) throws InterruptedException {
        Callers.Measured measured = caller.call(1, 1, WARM_UP_SECONDS, SECONDS);
        Chain chain = ScenarioWorkflows.runChain(caller.client(), Math.max(steps, 2 * ScenarioWorkflows.WINDOW));
        return List.of(
                Figure.of(mode + ": start to result, p50", measured.latencyMs(50), "ms"),
                Figure.of(mode + ": start to result, p99", measured.latencyMs(99), "ms"),
                Figure.of(mode + ": one more step, p50", chain.allMs(), "ms"));
    }
}
