package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.scenario.ScenarioWorkflows.Chain;
import io.millrace.client.StartOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** What a step costs late in a workflow, against one early. Short workflows before and after show what is due to the machine. */
final class StepGrowth implements Scenario {
    private static final int SLOTS = 8;
    private static final int WARM_UP_STEPS = 3_000;
    private static final int SHORT = 2 * ScenarioWorkflows.WINDOW + ScenarioWorkflows.EARLY;
    private static final double AT_MOST = 1.2;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT,
                "a workflow of %,d steps: medians of %d steps from the %dth on and at the end",
                number,
                ScenarioWorkflows.WINDOW,
                ScenarioWorkflows.EARLY);
    }

    @Override
    public int usualNumber() {
        return 10_000;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        stage.worker("worker", SLOTS);
        chain(stage, WARM_UP_STEPS);
        Chain before = chain(stage, SHORT);
        Chain measured = chain(stage, Math.max(SHORT, stage.number()));
        Chain after = chain(stage, SHORT);
        double early = DoubleStream.of(before.earlyMs(), measured.earlyMs(), after.earlyMs())
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
        return List.of(
                Figure.of("a step early", early, "ms"),
                Figure.of("a step at the end", measured.lateMs(), "ms"),
                Figure.of("the one at the end against the early one", measured.lateMs() / early, "x")
                        .with(Goal.atMost(AT_MOST)));
    }

    static Chain chain(Stage stage, int steps) {
        return Objects.requireNonNull(stage.client()
                .start(
                        ScenarioWorkflows.CHAIN,
                        steps,
                        Chain.class,
                        StartOptions.generatedId().queue(ScenarioWorkflows.QUEUE))
                .result());
    }
}
