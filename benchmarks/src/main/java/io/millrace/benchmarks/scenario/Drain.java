package io.millrace.benchmarks.scenario;

import io.millrace.benchmarks.bench.BenchWorkflows;
import io.millrace.benchmarks.figures.Rates;
import io.millrace.benchmarks.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Workflows wait while no worker is there; then one is. It has worked off others before, so that all Java is warm. */
final class Drain implements Scenario {
    private static final int SLOTS = 256;
    private static final Duration WARM_UP = Duration.ofSeconds(90);
    private static final String ONE_STEP = "{\"steps\":1,\"payload\":\"" + "x".repeat(98) + "\"}";
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(1);
    private static final double AT_LEAST = 4_600;

    @Override
    public String words(int number) {
        return String.format(
                Locale.ROOT,
                "%,d one-step workflows wait, then a worker of %d slots comes; the same for %d s before, to warm up",
                number,
                SLOTS,
                WARM_UP.toSeconds());
    }

    @Override
    public int usualNumber() {
        return 10_000;
    }

    @Override
    public List<Figure> turn(Stage stage) throws IOException, InterruptedException {
        JavaProcess worker = stage.worker("worker", SLOTS);
        long warmAt = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < warmAt) {
            once(stage, worker);
        }
        return once(stage, worker);
    }

    private static List<Figure> once(Stage stage, JavaProcess worker) throws IOException, InterruptedException {
        worker.tell(ScenarioWorker.REST);
        stage.await("the worker to rest", LONGEST_CHANGE, () -> !Files.exists(stage.ready("worker")));
        try (Crowd waiting = new Crowd(stage, stage.number())) {
            Rates accepted = waiting.start(BenchWorkflows.STEPS, ONE_STEP);
            worker.tell(ScenarioWorker.WORK);
            Rates drained = waiting.awaitEnds();
            return List.of(
                    Figure.of("accepted", accepted.perSecond(), "/s"),
                    Figure.of("drained, from the first end on", drained.perSecond(), "/s")
                            .with(Goal.atLeast(AT_LEAST)));
        }
    }
}
