package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.Spread;
import io.millrace.benchmarks.scenario.ScenarioWorkflows.Chain;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

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
        ScenarioWorkflows.runChain(stage.client(), WARM_UP_STEPS);
        Chain before = ScenarioWorkflows.runChain(stage.client(), SHORT);
        Chain measured = ScenarioWorkflows.runChain(stage.client(), Math.max(SHORT, stage.number()));
        Chain after = ScenarioWorkflows.runChain(stage.client(), SHORT);
        double early = Spread.median(before.earlyMs(), measured.earlyMs(), after.earlyMs());
        return List.of(
                Figure.of("a step early", early, "ms"),
                Figure.of("a step at the end", measured.lateMs(), "ms"),
                Figure.of("the one at the end against the early one", measured.lateMs() / early, "x")
                        .with(Goal.atMost(AT_MOST)));
    }
}
