package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.figures.Latencies;
import io.millrace.benchmarks.figures.WallClock;
import io.millrace.client.ForkOptions;
import io.millrace.client.FromStep;
import io.millrace.client.WorkflowHandle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A workflow of many steps is copied from its last one: when does the copy's own step begin? */
final class ForkFromTheEnd implements Scenario {
    private static final int SLOTS = 8;
    private static final int FORKS = 5;
    private static final double AT_MOST_MS = 1_000;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT, "a workflow of %,d steps is forked from its last step, %d times a turn", number, FORKS);
    }

    @Override
    public int usualNumber() {
        return 10_000;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        stage.worker("worker", SLOTS);
        WorkflowHandle<Long> source =
                ScenarioWorkflows.start(stage.client(), ScenarioWorkflows.LAST_STEP, stage.number(), Long.class);
        source.result();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < FORKS; i++) {
            long began = WallClock.micros();
            WorkflowHandle<Long> copy = source.fork(ForkOptions.from(FromStep.lastStep()));
            long stepBegan = Objects.requireNonNull(copy.result());
            millis.add((stepBegan - began) / 1e3);
        }
        Latencies latencies = new Latencies("fork", millis);
        return List.of(
                Figure.of("from the fork to its own step, median", latencies.percentile(50), "ms")
                        .with(Goal.atMost(AT_MOST_MS)),
                Figure.of("from the fork to its own step, slowest", latencies.percentile(100), "ms"));
    }
}
